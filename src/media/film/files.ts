/** The files that work on videos outside the page, as the build names them. */
// oxlint-disable-next-line import/default -- Vite makes the default export of `?worker&url`
import worker from './film.worker?worker&url'

export const WORKER_FILE = worker

/** The worker's file names the encoder of sound, which it fetches where a browser has none (scripts/budgets.ts counts on it). */
const ENCODER = /video-aac-[\w-]+\.js/u
const STEREO = { codec: 'mp4a.40.2', sampleRate: 48_000, numberOfChannels: 2, bitrate: 128_000 }

async function hasOwnEncoder(): Promise<boolean> {
  try {
    return (await AudioEncoder.isConfigSupported(STEREO)).supported === true
  } catch {
    return false
  }
}

/** The addresses of all that makes a video lighter here. Rejects when the worker's file cannot be had. */
export async function workerFiles(): Promise<string[]> {
  const address = new URL(WORKER_FILE, location.href).href
  if (await hasOwnEncoder()) return [address]
  const code = await ((await caches.match(address)) ?? (await fetch(address))).text()
  const [encoder] = ENCODER.exec(code) ?? []
  return encoder ? [address, new URL(encoder, address).href] : [address]
}
