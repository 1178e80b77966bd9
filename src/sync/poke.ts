/** How tabs and worker tell each other that something was enqueued. Lost pokes cost time, never an op. */

const CHANNEL = 'convoca-sync'
const POKE = 'poke'

/** Tells every sender on this phone, this tab's too, to look at the outbox. */
export function poke(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(POKE)
  channel.close()
}

/** Calls `listener` at every poke. Returns how to stop. */
export function onPoke(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', () => listener())
  return () => channel.close()
}

/** Asks the browser to wake the worker when there is signal (Chromium); elsewhere the next opening sends. */
export function askBackgroundSend(worker = globalThis.navigator?.serviceWorker): void {
  type WithSync = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }
  worker?.ready
    .then((registration) => (registration as WithSync).sync?.register(OUTBOX_TAG))
    .catch(() => undefined)
}

/** Background Sync's tag; the worker answers it with `sendInBackground`. */
export const OUTBOX_TAG = 'outbox'
