/**
 * A deploy may take away a chunk that an open tab still wants. Drafts are saved at every field, so the
 * tab is loaded anew, once, where the person was going; offline, or the second time, the error is shown.
 */
import type { Router } from 'vue-router'

const GUARD = 'convoca.reloaded_at'
const ONCE_MS = 60_000

export function reloadOnceOnLostChunks(router: Router): void {
  let pending: string | null = null
  router.beforeEach((to) => void (pending = to.fullPath))
  router.afterEach(() => void (pending = null))

  window.addEventListener('vite:preloadError', () => {
    if (!navigator.onLine || hasJustReloaded()) return
    if (pending) location.assign(pending)
    else location.reload()
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
