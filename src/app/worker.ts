/** The service worker as the page sees it. Loaded after the first paint, with the library that watches it. */
import { Workbox } from 'workbox-window'

const CHECK_EVERY_MS = 60 * 60_000

/** A worker to register, of which `onWaiting` and `onControlling` are told; a page that stays open asks for news. */
export function watchWorker(onWaiting: () => void, onControlling: () => void): Workbox {
  const workbox = new Workbox('/sw.js')
  workbox.addEventListener('waiting', onWaiting)
  workbox.addEventListener('controlling', onControlling)
  let last = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < CHECK_EVERY_MS) return
    last = Date.now()
    void workbox.update().catch(() => undefined) // offline: next time
  })
  return workbox
}
