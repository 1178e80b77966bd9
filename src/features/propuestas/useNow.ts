import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { serverNow } from '@/data/serverClock'

/** The server's clock as this phone knows it, looked at again every `everyMs` milliseconds. */
export function useNow(everyMs = 30_000) {
  const now = shallowRef(serverNow())
  const timer = setInterval(() => {
    now.value = serverNow()
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return shallowReadonly(now)
}
