/**
 * Takes out of a chosen video what it says besides picture and sound, before it is kept: place, device, time, captions,
 * telemetry. Loads the media library, so it is imported through `cleaner.ts` alone.
 */
import { Fault } from '@/domain/fault'
import { judge, type Judgement } from '../../supabase/functions/_shared/media/judge'
import { viewOf } from './chosenFile'
import type { VideoMime } from './contents'
import { remux } from './remux'
import { blank, findMarks } from './strip'

/** Where this code was loaded from. */
export const ADDRESS = import.meta.url

export interface ChosenFile {
  file: Blob
  mime: VideoMime
}

/** What the file says and how it is coded, by the judgement of the server. Fault `media_unreadable`. */
export const judgeFile = ({ file, mime }: ChosenFile): Promise<Judgement> =>
  judge(viewOf(file), file.size, mime)

/** Whether the copy of this file, which `stageMedia` blanks, says nothing. */
async function isCleanOnceCopied({ file, mime }: ChosenFile): Promise<boolean> {
  const read = viewOf(file)
  const marks = await findMarks(read, file.size)
  const readCopy = async (start: number, end: number) => {
    const view = await read(start, end)
    blank(view.buffer, start, marks)
    return view
  }
  return (await judge(readCopy, file.size, mime)).tells.length === 0
}

/**
 * A file whose copy says nothing: the chosen one when blanking is enough for a clean file, a new one of its picture and
 * sound otherwise. What this app made itself has only times to blank, so it is copied as it is. Faults:
 * `media_unreadable`; `media_not_clean` when neither can be had, because the server would hold it. An abort rejects with
 * the signal's reason.
 */
export async function cleaned(chosen: ChosenFile, signal: AbortSignal, isOurs = false): Promise<ChosenFile> {
  if ((await judgeFile(chosen)).tells.length === 0) return chosen
  if (isOurs && (await isCleanOnceCopied(chosen))) return chosen
  const made = await remux(chosen.file, chosen.mime, signal).catch(() => null)
  signal.throwIfAborted()
  for (const candidate of [made, chosen])
    if (candidate && (await isCleanOnceCopied(candidate))) return candidate
  throw new Fault('media_not_clean', false)
}
