/** The server's clock as a ref, for counters on the screen. */
import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { serverNow } from '@/data/serverClock'

/** Ticks every `everyMs` while the component lives. */
export function useNow(everyMs: number) {
  const now = shallowRef(serverNow())
  const timer = setInterval(() => {
    now.value = serverNow()
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return shallowReadonly(now)
}
