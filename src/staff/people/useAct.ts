/** A change that needs a confirmation: the state of its dialog, of the call, and its error. */
import { ref } from 'vue'
import { Fault } from '@/domain/fault'
import { refusalText } from '@/i18n/refusals'
import { attemptsOf } from '../attempt'

/** `act` makes the change. The words for its fault are in `problem`. */
export function useAct(act: () => Promise<void>) {
  const isAsking = ref(false)
  const isBusy = ref(false)
  const problem = ref('')

  const attempt = attemptsOf({ isBusy, problem }, (error) =>
    refusalText(error instanceof Fault ? error.code : 'server'),
  )

  async function confirm() {
    if (isBusy.value) return
    await attempt(act)
    isAsking.value = false
  }
  return { isAsking, isBusy, problem, confirm }
}
