/** One change that is asked about before it is made: the dialog, the wait, and why it was not made. */
import { ref } from 'vue'
import { Fault } from '@/domain/fault'
import { refusalText } from '@/i18n/refusals'

/** `act` resolves when it is done. Its failure is in `problem`, in words. */
export function useAct(act: () => Promise<void>) {
  const isAsking = ref(false)
  const isBusy = ref(false)
  const problem = ref('')

  async function confirm() {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = ''
    try {
      await act()
    } catch (error) {
      problem.value = refusalText(error instanceof Fault ? error.code : 'server')
    } finally {
      isBusy.value = false
      isAsking.value = false
    }
  }
  return { isAsking, isBusy, problem, confirm }
}
