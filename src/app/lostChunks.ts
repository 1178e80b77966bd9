/**
 * A deploy may remove a chunk that an open tab needs. The tab then writes unsaved text and loads its target address
 * once. Offline, or when it fails again, the error is shown.
 */
import type { Router } from 'vue-router'
import { flushUnsaved } from '@/data/unsaved'

const GUARD = 'convoca.reloaded_at'
const ONCE_MS = 60_000

let isLeaving = false

/** Whether this page is about to reload. Its errors are then ignored. */
export const isReloading = (): boolean => isLeaving

/** Reloads the page when a chunk is lost, at most once a minute. */
export function reloadOnceOnLostChunks(router: Router): void {
  let pending: string | null = null
  router.beforeEach((to) => void (pending = to.fullPath))
  router.afterEach(() => void (pending = null))

  window.addEventListener('vite:preloadError', () => {
    if (!navigator.onLine || hasJustReloaded()) return
    const there = pending
    isLeaving = true
    void flushUnsaved().then((isKept) => {
      isLeaving = isKept // unwritten text stays on the screen, with the form's message
      if (!isKept) return
      if (there) location.assign(there)
      else location.reload()
    })
  })
}

function hasJustReloaded(): boolean {
  try {
    const last = Number(sessionStorage.getItem(GUARD) ?? 0)
    if (Date.now() - last < ONCE_MS) return true
    sessionStorage.setItem(GUARD, String(Date.now()))
    return false
  } catch {
    return true // without storage the page could reload for ever
  }
}
