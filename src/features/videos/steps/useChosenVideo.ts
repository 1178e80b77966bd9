/** Turns a chosen file into a sealed copy on this phone: inspects it first, copies it after the person agrees. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import type { VideoDetails } from '@/domain/video'
import type { ChosenFile } from '@/media/clean'
import { inspectVideo, type Inspected, type MediaRefusal } from '@/media/inspect'
import { makePoster } from '@/media/poster'
import type { CopyOptions } from '@/media/copy'
import { stageMedia } from '@/media/store'
import type { Answers } from '../answers'

/** `refused`: the file cannot be sent or could not be copied; `code` says why. */
type ChoiceState = 'none' | 'looking' | 'found' | 'cleaning' | 'copying' | 'refused'

/** `codec` of the picture; null: unknown. `poster` is null when this phone cannot show the picture. */
export interface FoundVideo extends Inspected {
  codec: string | null
  poster: string | null
}

type Description = Pick<Answers, 'media' | 'poster'>

/** Looks further into a file that may be sent: whether its end is there, and whether its picture can be shown. */
async function lookInto(file: Blob, found: Inspected): Promise<FoundVideo | { refusal: MediaRefusal }> {
  const { judgeFile } = await import('@/media/clean')
  const { tells, picture } = await judgeFile({ file, mime: found.mime })
  if (tells.includes('truncated')) return { refusal: 'media_truncated' }
  return { ...found, codec: picture, poster: await makePoster(file) }
}

/** Inspects the file. A file that cannot be read is unreadable. */
async function inspect(file: Blob, limits: VideoDetails): Promise<FoundVideo | { refusal: MediaRefusal }> {
  const found = await inspectVideo(file, limits)
  if ('refusal' in found) return found
  return await lookInto(file, found).catch(() => ({ refusal: 'media_unreadable' as const }))
}

/** The file without what it says besides picture and sound. Fault `media_too_large` when that made it too large. */
async function clean(
  file: Blob,
  { mime }: Inspected,
  { max_bytes }: VideoDetails,
  signal: AbortSignal,
): Promise<ChosenFile> {
  const { cleaned } = await import('@/media/clean')
  const made = await cleaned({ file, mime }, signal)
  if (made.file.size > max_bytes) throw new Fault('media_too_large', false)
  return made
}

/** Copies a clean file. A failed or cancelled copy leaves nothing behind. */
async function copyToPhone(
  submissionId: string,
  file: ChosenFile,
  { durationMs, width, height, poster }: FoundVideo,
  options: CopyOptions,
): Promise<Description> {
  const media = await stageMedia({ id: crypto.randomUUID(), submissionId, ...file }, options)
  return { media: { ...media, duration_ms: Math.round(durationMs), width, height }, poster }
}

const emptyChoice = () => ({
  state: ref<ChoiceState>('none'),
  code: ref<string | null>(null),
  found: shallowRef<FoundVideo | null>(null),
  /** Bytes. */
  copied: ref(0),
  file: shallowRef<Blob | null>(null),
})

/** Clears the choice. `why` is the code of a failure. */
function end({ state, code, found, file }: ReturnType<typeof emptyChoice>, why: string | null = null): void {
  file.value = null
  found.value = null
  code.value = why
  state.value = why === null ? 'none' : 'refused'
}

/**
 * The chosen file and its commands. Call it in a setup. `onSealed` receives the description of a complete copy; the
 * copy ends when it resolves. Unmounting cancels a copy.
 */
export function useChosenVideo(
  draftId: string,
  limits: () => VideoDetails,
  onSealed: (patch: Description) => Promise<void>,
) {
  const choice = emptyChoice()
  const { state, code, found, copied, file } = choice
  let copying = new AbortController()
  const cancel = () => copying.abort()
  onScopeDispose(cancel)

  /** Inspects the file without copying it. A later choice replaces an earlier one. */
  async function choose(chosen: Blob): Promise<void> {
    cancel()
    file.value = chosen
    state.value = 'looking'
    const result = await inspect(chosen, limits())
    if (file.value !== chosen) return
    if ('refusal' in result) return end(choice, result.refusal)
    found.value = result
    state.value = 'found'
  }

  /** Copies the inspected file. */
  async function keep(): Promise<void> {
    const chosen = file.value
    if (!chosen || state.value !== 'found' || !found.value) return
    const { signal } = (copying = new AbortController())
    copied.value = 0
    state.value = 'cleaning'
    try {
      const made = await clean(chosen, found.value, limits(), signal)
      found.value = { ...found.value, bytes: made.file.size }
      state.value = 'copying'
      const onProgress = (bytes: number) => (copied.value = bytes)
      await onSealed(await copyToPhone(draftId, made, found.value, { onProgress, signal }))
      end(choice)
    } catch (error) {
      if (!signal.aborted) end(choice, error instanceof Fault ? error.code : 'unknown')
      else if (file.value === chosen) end(choice)
    }
  }

  return { state, code, found, copied, choose, keep, cancel }
}
