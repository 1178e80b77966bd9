/** The chosen file and its commands: it is looked at, then cut and made lighter as the person says, then kept. */
import { computed, onScopeDispose } from 'vue'
import { Fault } from '@/domain/fault'
import { waysFor, wholePart, type Way } from '@/media/film/plan'
import { emptyFilm, keepFilm, type Film, type Room } from './keepFilm'
import { lookInto } from './lookInto'
import { useMaking } from './useMaking'

async function begin(film: Film, { file, limits, refuse }: Room, signal: AbortSignal): Promise<void> {
  const looked = await lookInto(file, limits, signal)
  if ('refusal' in looked) return refuse(looked.refusal)
  film.found.value = looked.found
  film.seen.value = looked.seen
  film.part.value = wholePart(looked.found.durationMs, limits)
  film.stage.value = 'found'
}

/** Goes back to the choice where another way is left, and refuses the file otherwise. */
function fail({ stage, seen, trouble }: Film, { refuse }: Room, way: Way, cause: unknown): void {
  const code = cause instanceof Fault ? cause.code : 'unknown'
  if (code === 'media_cannot_make') trouble.value = way === 'shrink' ? 'shrink' : 'cut'
  else if (code === 'media_too_large') trouble.value = 'heavy'
  else return refuse(code)
  if (trouble.value === 'shrink') seen.value = null // it would fail again
  stage.value = 'found'
}

/** Call it in a setup. Unmounting cancels what runs. */
export function useFilm(room: Room) {
  const film = emptyFilm()
  const { stage, found, seen, part, trouble, copied, isLighter } = film
  const making = useMaking()
  let running = new AbortController()
  onScopeDispose(() => running.abort())
  begin(film, room, running.signal).catch(() => undefined) // the room was left

  const ways = computed(() => (found.value ? waysFor(part.value, found.value, seen.value, room.limits) : []))

  async function use(way: Way): Promise<void> {
    if (stage.value !== 'found') return
    const { signal } = (running = new AbortController())
    trouble.value = null
    copied.value = 0
    isLighter.value = way === 'shrink'
    try {
      await keepFilm(film, room, way, { make: making.make, signal })
      room.leave()
    } catch (cause) {
      if (!signal.aborted) fail(film, room, way, cause)
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
