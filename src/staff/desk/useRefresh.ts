import { onScopeDispose } from 'vue'

const EVERY_MS = 60_000

/** Runs `read` now, when signal or the person comes back, and every minute while somebody looks. */
export function useRefresh(read: () => void): void {
  const tick = () => {
    if (navigator.onLine && document.visibilityState === 'visible') read()
  }
  const timer = setInterval(tick, EVERY_MS)
  addEventListener('online', tick)
  document.addEventListener('visibilitychange', tick)
  onScopeDispose(() => {
    clearInterval(timer)
    removeEventListener('online', tick)
    document.removeEventListener('visibilitychange', tick)
  })
  read()
}
