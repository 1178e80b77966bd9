import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { serverNow } from '@/data/serverClock'

/** The server's clock as this phone knows it, as a ref that moves every `everyMs`: deadlines pass while one looks. */
export function useNow(everyMs = 30_000) {
  const now = shallowRef(serverNow())
  const timer = setInterval(() => {
    now.value = serverNow()
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return shallowReadonly(now)
}
