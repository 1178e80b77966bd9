import { readonly, ref } from 'vue'
import { Fault } from '@/domain/fault'

/** One thing at a time, with what went wrong as a code for the screen (`unknown` for what is no Fault). */
export function useAttempt() {
  const busy = ref(false)
  const problem = ref<string | null>(null)

  /** Runs `work` unless something runs already. Resolves to whether it was run and went well; never rejects. */
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
