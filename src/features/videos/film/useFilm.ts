/** Turns a chosen file into a clean copy on this phone: looks at it, cuts it and makes it lighter as the person says. */
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { Fault } from '@/domain/fault'
import type { ChosenFile } from '@/media/clean'
import { loadCleaner } from '@/media/cleaner'
import type { VideoMime } from '@/media/contents'
import { usualCover } from '@/media/film/part'
import {
  isWhole,
  recipeFor,
  secondsOf,
  waysFor,
  wholePart,
  type Part,
  type Seen,
  type Way,
} from '@/media/film/plan'
import type { VideoLimits } from '@/media/inspect'
import { measure } from '@/media/measure'
import { makePoster } from '@/media/poster'
import type { KeepFile } from '../keepFile'
import { lookInto, type FoundVideo } from './lookInto'
import { useMaking } from './useMaking'

export type Stage = 'looking' | 'found' | 'making' | 'cleaning' | 'copying'

/** Why a way did not work, while the file stays chosen. `heavy`: what came out is too large for the campaign. */
export type FilmTrouble = 'shrink' | 'cut' | 'heavy'

const emptyFilm = () => ({
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
type Film = ReturnType<typeof emptyFilm>

/** What a new file is, as its player says. A copy that a hair too long came out has the length that was asked for. */
async function describe(made: Blob, found: FoundVideo, part: Part): Promise<FoundVideo> {
  const told = await measure(made)
  const asked = secondsOf(part) * 1000
  return {
    ...found,
    mime: made.type as VideoMime,
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

const mimeOf = (made: Blob): VideoMime => (made.type.startsWith('video/webm') ? 'video/webm' : 'video/mp4')

/** The file without what it says besides picture and sound. Fault `media_too_large`. */
async function cleanOf(chosen: ChosenFile, isOurs: boolean, limits: VideoLimits, signal: AbortSignal) {
  const { cleaned } = await loadCleaner()
  const made = await cleaned(chosen, signal, isOurs)
  if (made.file.size > limits.max_bytes) throw new Fault('media_too_large', false)
  return made
}

interface Room {
  file: Blob
  limits: VideoLimits
  keepFile: KeepFile
  /** The file cannot be used, with the code of the reason. */
  refuse: (code: string) => void
  /** The room is done with the file: it is kept, or the person cancelled its copy. */
  leave: () => void
}

async function begin(film: Film, { file, limits, refuse }: Room, signal: AbortSignal): Promise<void> {
  const looked = await lookInto(file, limits, signal)
  if ('refusal' in looked) return refuse(looked.refusal)
  film.found.value = looked.found
  film.seen.value = looked.seen
  film.part.value = wholePart(looked.found.durationMs, limits)
  film.stage.value = 'found'
}

/** The chosen file and its commands. Call it in a setup. Unmounting cancels what runs. */
export function useFilm(room: Room) {
  const { file, limits } = room
  const film = emptyFilm()
  const { stage, found, seen, part, trouble, copied, total } = film
  const making = useMaking()
  let running = new AbortController()
  onScopeDispose(() => running.abort())
  begin(film, room, running.signal).catch(() => undefined) // the room was left

  const ways = computed(() => (found.value ? waysFor(part.value, found.value, seen.value, limits) : []))

  /** A new file where one is needed; otherwise the chosen one. */
  async function make(way: Way, now: FoundVideo, signal: AbortSignal): Promise<Blob> {
    const isAll = isWhole(part.value, now.durationMs)
    if (way === 'asIs' && isAll) return file
    stage.value = 'making'
    const recipe = way === 'shrink' && seen.value ? recipeFor(part.value, now, seen.value, limits) : undefined
    const task = {
      file,
      maxBytes: limits.max_bytes,
      ...(recipe && { recipe }),
      ...(!isAll && { part: part.value }),
    }
    return await making.make(task, signal)
  }

  async function keep(way: Way, now: FoundVideo, signal: AbortSignal): Promise<void> {
    const made = await make(way, now, signal)
    stage.value = 'cleaning'
    const told = made === file ? now : { ...(await describe(made, now, part.value)), mime: mimeOf(made) }
    if (told.durationMs < limits.min_s * 1000) throw new Fault('media_cannot_make', false)
    const poster = await coverOf(file, made, film)
    const clean = await cleanOf({ file: made, mime: told.mime }, made !== file, limits, signal)
    total.value = clean.file.size
    stage.value = 'copying'
    const onProgress = (bytes: number) => (copied.value = bytes)
    await room.keepFile(clean, { ...told, bytes: clean.file.size, poster }, { onProgress, signal })
  }

  /** Goes back to the choice where another way is left, and refuses the file otherwise. */
  function fail(way: Way, cause: unknown): void {
    const code = cause instanceof Fault ? cause.code : 'unknown'
    if (code === 'media_cannot_make') trouble.value = way === 'shrink' ? 'shrink' : 'cut'
    else if (code === 'media_too_large') trouble.value = 'heavy'
    else return room.refuse(code)
    if (trouble.value === 'shrink') seen.value = null // it would fail again
    stage.value = 'found'
  }

  async function use(way: Way): Promise<void> {
    const now = found.value
    if (!now || stage.value !== 'found') return
    const { signal } = (running = new AbortController())
    trouble.value = null
    copied.value = 0
    film.isLighter.value = way === 'shrink'
    try {
      await keep(way, now, signal)
      room.leave()
    } catch (cause) {
      if (!signal.aborted) fail(way, cause)
    }
  }

  /** Ends what runs. A cancelled copy gives the file up; before it, the file stays chosen. */
  function cancel(): void {
    const wasCopying = stage.value === 'copying' || stage.value === 'cleaning'
    running.abort()
    if (wasCopying) room.leave()
    else stage.value = 'found'
  }

  return { ...film, ...making, ways, use, cancel }
}
