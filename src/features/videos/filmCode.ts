/**
 * Loads the room in which a chosen video is looked at, cut and made lighter, and the code that cleans it. Only those fetch
 * them who stay on the page of an open call for videos or open its form. A phone that fetched them once has them without
 * signal.
 */
import { importOptional } from '@/data/optionalCode'
import { loadCleaner } from '@/media/cleaner'

/** Rejects when the code is not on this phone and cannot be fetched. */
export async function loadFilmRoom() {
  const [room] = await Promise.all([importOptional(() => import('./film/room')), loadCleaner()])
  return room
}

/**
 * Fetches the code ahead of its use, as soon as there is signal; `worker`: also the part that cuts and makes lighter.
 * Returns a function that stops waiting for it. `onReady` gets the code.
 */
export function prepareToFilm(
  worker: boolean,
  onReady?: (room: Awaited<ReturnType<typeof loadFilmRoom>>) => void,
): () => void {
  const prepare = () =>
    void loadFilmRoom().then(
      (room) => {
        stop()
        room.keep(worker)
        onReady?.(room)
      },
      () => undefined,
    )
  const stop = () => window.removeEventListener('online', prepare)
  window.addEventListener('online', prepare)
  prepare()
  return stop
}
