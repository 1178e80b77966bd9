/** Keeps a looked-at video on this phone: makes a new file where one is needed, cleans it, takes its cover, copies it. */
import { ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import type { ChosenFile } from '@/media/clean'
import { loadCleaner } from '@/media/cleaner'
import { usualCover } from '@/media/film/part'
import { isWhole, mostBytes, recipeFor, secondsOf, type Part, type Seen, type Way } from '@/media/film/plan'
import type { VideoLimits } from '@/media/inspect'
import { measure } from '@/media/measure'
import { makePoster } from '@/media/poster'
import type { KeepFile } from '../keepFile'
import type { FoundVideo } from './lookInto'
import { endOrigin } from './shared/origin'
import type { useMaking } from './useMaking'

export type Stage = 'looking' | 'found' | 'making' | 'cleaning' | 'copying'

/** Why a way did not work, while the file stays chosen. `heavy`: what came out is too large for the campaign. */
export type FilmTrouble = 'shrink' | 'cut' | 'heavy'

export const emptyFilm = () => ({
  stage: ref<Stage>('looking'),
  found: shallowRef<FoundVideo | null>(null),
  seen: shallowRef<Seen | null>(null),
  part: shallowRef<Part>({ startS: 0, endS: 0 }),
  /** The second that the cover shows; null: the usual one. */
  coverS: ref<number | null>(null),
  trouble: ref<FilmTrouble | null>(null),
  /** Bytes. */
  copied: ref(0),
  /** Bytes of what is copied. */
  total: ref(0),
  /** Whether the video is being made lighter, or was. */
  isLighter: ref(false),
})
export type Film = ReturnType<typeof emptyFilm>

/** What a new file is, as its player says. A copy that a hair too long came out has the length that was asked for. */
async function describe(made: Blob, found: FoundVideo, part: Part): Promise<FoundVideo> {
  const told = await measure(made)
  const asked = secondsOf(part) * 1000
  return {
    ...found,
    mime: made.type.startsWith('video/webm') ? 'video/webm' : 'video/mp4',
    bytes: made.size,
    durationMs: Math.min(asked, told?.durationMs ?? asked),
    ...(told && told.width > 0 && { width: told.width, height: told.height }),
  }
}

/** The picture at the chosen second. The new file shows it where this browser cannot play the chosen one. */
async function coverOf(file: Blob, made: Blob, { part, coverS, found }: Film): Promise<string | null> {
  const at = coverS.value ?? usualCover(part.value)
  if (coverS.value === null && made === file) return found.value!.poster
  return (await makePoster(file, at)) ?? (await makePoster(made, Math.max(0, at - part.value.startS)))
}

/** The file without what it says besides picture and sound. Fault `media_too_large`. */
async function cleanOf(chosen: ChosenFile, isOurs: boolean, limits: VideoLimits, signal: AbortSignal) {
  const { cleaned } = await loadCleaner()
  const made = await cleaned(chosen, signal, isOurs)
  if (made.file.size > limits.max_bytes) throw new Fault('media_too_large', false)
  return made
}

export interface Room {
  file: Blob
  limits: VideoLimits
  keepFile: KeepFile
  /** The file cannot be used, with the code of the reason. */
  refuse: (code: string) => void
  /** The room is done with the file: it is kept, or the person cancelled its copy. */
  leave: () => void
}

interface Work {
  make: ReturnType<typeof useMaking>['make']
  signal: AbortSignal
}

/** A new file where one is needed; otherwise the chosen one. */
async function make(film: Film, room: Room, way: Way, work: Work): Promise<Blob> {
  const [{ file, limits }, now, part] = [room, film.found.value!, film.part.value]
  const isAll = isWhole(part, now.durationMs)
  if (way === 'asIs' && isAll) return file
  film.stage.value = 'making'
  const recipe = way === 'shrink' && film.seen.value && recipeFor(part, now, film.seen.value, limits)
  const task = { file, maxBytes: mostBytes(limits), ...(recipe && { recipe }), ...(!isAll && { part }) }
  return await work.make(task, work.signal)
}

/** Faults: `media_cannot_make`, `media_too_large`, and those of cleaning and of `keepFile`. An abort rejects. */
export async function keepFilm(film: Film, room: Room, way: Way, work: Work): Promise<void> {
  const [{ file, limits }, { signal }] = [room, work]
  const made = await make(film, room, way, work)
  film.stage.value = 'cleaning'
  const isOurs = made !== file
  const told = isOurs ? await describe(made, film.found.value!, film.part.value) : film.found.value!
  if (told.durationMs < limits.min_s * 1000) throw new Fault('media_cannot_make', false)
  const poster = await coverOf(file, made, film)
  const clean = await cleanOf({ file: made, mime: told.mime }, isOurs, limits, signal)
  film.total.value = clean.file.size
  film.stage.value = 'copying'
  const onProgress = (bytes: number) => (film.copied.value = bytes)
  await room.keepFile(clean, { ...told, bytes: clean.file.size, poster }, { onProgress, signal })
  await endOrigin(file)
}
