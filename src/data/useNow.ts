import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { serverNow } from '@/data/serverClock'

/** The server's clock as a ref, updated every `everyMs`, so that an open page shows passed deadlines. */
export function useNow(everyMs = 30_000) {
  const now = shallowRef(serverNow())
  const timer = setInterval(() => {
    now.value = serverNow()
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return shallowReadonly(now)
}
