/**
 * A deploy may take away a chunk that an open tab still wants. What is on the screen is written, and the tab
 * loaded anew, once, where the person was going; offline, or the second time, the error is shown.
 */
import type { Router } from 'vue-router'
import { flushUnsaved } from '@/data/unsaved'

const GUARD = 'convoca.reloaded_at'
const ONCE_MS = 60_000

let isLeaving = false

/** Whether this page is about to be loaded anew: what fails in it meanwhile is no news. */
export const isReloading = (): boolean => isLeaving

export function reloadOnceOnLostChunks(router: Router): void {
  let pending: string | null = null
  router.beforeEach((to) => void (pending = to.fullPath))
  router.afterEach(() => void (pending = null))

  window.addEventListener('vite:preloadError', () => {
    if (!navigator.onLine || hasJustReloaded()) return
    const there = pending
    isLeaving = true
    void flushUnsaved().then((isKept) => {
      isLeaving = isKept // otherwise what could not be written stays on the screen, which says so
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
    return true // without a memory of it, reloading could go round for ever
  }
}
