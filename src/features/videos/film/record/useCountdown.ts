/** Counts three seconds, so that somebody who films themselves can look up. */
import { onScopeDispose, ref } from 'vue'

const FROM = 3

/** Call it in a setup. `left` is null while nothing is counted. */
export function useCountdown(then: () => void) {
  const left = ref<number | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined

  function stop(): void {
    clearInterval(timer)
    left.value = null
  }
  function start(): void {
    left.value = FROM
    timer = setInterval(() => {
      left.value! -= 1
      if (left.value! > 0) return
      stop()
      then()
    }, 1000)
  }
  onScopeDispose(stop)
  return { left, start, stop }
}
