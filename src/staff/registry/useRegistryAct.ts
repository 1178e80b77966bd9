/** One change of the registry: the question before it, the wait, and why it was not made. */
import { ref } from 'vue'
import { Fault } from '@/domain/fault'
import { attemptsOf } from '../attempt'
import { problemText, t } from './words'

/** The words for what a call threw. */
export function actProblem(error: unknown): string {
  const code = error instanceof Fault ? error.code : 'server'
  return code === 'conflict' ? t('act.conflict') : problemText(code)
}

/** The id of the field that a refusal names; '' for none. */
export const problemField = (error: unknown): string =>
  (error as { details?: { field?: string } }).details?.field ?? ''

/** `act` resolves when it is done; its failure is in `problem`, in words. */
export function useRegistryAct<Args extends unknown[]>(act: (...args: Args) => Promise<void>) {
  const isAsking = ref(false)
  const isBusy = ref(false)
  const problem = ref('')

  const attempt = attemptsOf({ isBusy, problem }, actProblem)

  async function confirm(...args: Args) {
    if (isBusy.value) return
    await attempt(() => act(...args))
    isAsking.value = false
  }
  return { isAsking, isBusy, problem, confirm }
}
