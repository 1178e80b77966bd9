import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { serverNow } from '@/data/serverClock'

/** The server's clock as a ref that moves every `everyMs`, so that a deadline passes while one looks. */
export function useNow(everyMs = 20_000) {
  const now = shallowRef(serverNow())
  const timer = setInterval(() => {
    now.value = serverNow()
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return shallowReadonly(now)
}
