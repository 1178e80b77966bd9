/** Tabs and worker tell each other that an op was enqueued. A lost message costs time, never an op. */

const CHANNEL = 'convoca-sync'
const POKE = 'poke'

/** Tells every sender on this phone, including this tab's, to read the outbox. */
export function poke(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(POKE)
  channel.close()
}

/** Calls `listener` at every poke. Returns a function that stops it. */
export function onPoke(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', () => listener())
  return () => channel.close()
}

/** Asks the browser to wake the worker when there is signal. Only Chromium does; elsewhere the next opening sends. */
export function askBackgroundSend(worker = globalThis.navigator?.serviceWorker): void {
  type WithSync = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }
  worker?.ready
    .then((registration) => (registration as WithSync).sync?.register(OUTBOX_TAG))
    .catch(() => undefined)
}

/** Background Sync's tag; the worker answers it with `sendInBackground`. */
export const OUTBOX_TAG = 'outbox'
