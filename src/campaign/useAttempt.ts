import { readonly, ref } from 'vue'
import { Fault } from '@/domain/fault'

/** Runs one command at a time and keeps its error code for the screen (`unknown` when the error is not a Fault). */
export function useAttempt() {
  const busy = ref(false)
  const problem = ref<string | null>(null)

  /** Runs `work` unless another command runs. Resolves to whether it ran and succeeded. Never rejects. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await work()
      return true
    } catch (error) {
      problem.value = error instanceof Fault ? error.code : 'unknown'
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy: readonly(busy), problem, attempt }
}
