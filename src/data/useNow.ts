import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import { onClock, serverNow } from '@/data/serverClock'

/**
 * The server's clock as a ref, updated every `everyMs` and when an answer corrects it, so that an open page shows passed
 * deadlines. Deadlines that take a possibility away are judged by `certainNow`.
 */
export function useNow(everyMs = 30_000, read = serverNow) {
  const now = shallowRef(read())
  const update = () => (now.value = read())
  const timer = setInterval(update, everyMs)
  const stop = onClock(update)
  onScopeDispose(() => {
    stop()
    clearInterval(timer)
  })
  return shallowReadonly(now)
}
