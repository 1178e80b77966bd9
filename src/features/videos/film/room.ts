/** The room for a chosen video, as one file that only those fetch who film. */
import { WORKER_FILE, workerFiles } from '@/media/film/files'
import { keepCode, loadedFiles } from '@/media/keptCode'

export { default as FilmRoom } from './FilmRoom.vue'
export { default as FoundFiles } from './FoundFiles.vue'
export { default as OtherWays } from './record/OtherWays.vue'
export { troubleWords } from './trouble'

const isOurs = (url: string) => /\/assets\/video-(film|recorder)-[^/?]+\.(js|css)$/u.test(url)

/**
 * Keeps them on this phone, so that a video is chosen without signal; `worker`: also what cuts it and makes it lighter, with the
 * encoder of sound where the browser has none. That stays once it is kept. Without space they are fetched again next time.
 */
export async function keep(worker: boolean): Promise<void> {
  const wanted = loadedFiles(isOurs)
  const address = new URL(WORKER_FILE, location.href).href
  try {
    if (worker || (await caches.match(address))) for (const file of await workerFiles()) wanted.add(file)
    await keepCode('film', wanted)
  } catch {
    // no Cache API, or no space
  }
}
