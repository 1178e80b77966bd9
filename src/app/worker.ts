/** Registration of the service worker. It loads after the first paint, with Workbox. */
import { Workbox } from 'workbox-window'

const ADDRESS = '/sw.js'

/**
 * The content security policy takes a worker's address from this policy only, which admits the one that exists.
 * Undefined in a browser without Trusted Types.
 */
const policy = window.trustedTypes?.createPolicy('convoca', {
  createScriptURL: (address) => {
    if (address === ADDRESS) return address
    throw new TypeError('not a worker of this app')
  },
})

const CHECK_EVERY_MS = 60 * 60_000

/**
 * Returns the worker to register. `onWaiting` is called when a new version waits, `onControlling` when a worker takes
 * control. A page that stays open checks for a new version at most once an hour, when it becomes visible.
 */
export function watchWorker(onWaiting: () => void, onControlling: () => void): Workbox {
  const workbox = new Workbox(policy?.createScriptURL(ADDRESS) ?? ADDRESS)
  workbox.addEventListener('waiting', onWaiting)
  workbox.addEventListener('controlling', onControlling)
  let last = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < CHECK_EVERY_MS) return
    last = Date.now()
    void workbox.update().catch(() => undefined) // without signal the next check will do
  })
  return workbox
}
