import { onScopeDispose } from 'vue'

const EVERY_MS = 60_000

/** Runs `read` now, when the phone is back online or the page visible, and every minute, or `everyMs`, while both hold. */
export function useRefresh(read: () => void, everyMs = EVERY_MS): void {
  const tick = () => {
    if (navigator.onLine && document.visibilityState === 'visible') read()
  }
  const timer = setInterval(tick, everyMs)
  addEventListener('online', tick)
  document.addEventListener('visibilitychange', tick)
  onScopeDispose(() => {
    clearInterval(timer)
    removeEventListener('online', tick)
    document.removeEventListener('visibilitychange', tick)
  })
  read()
}
