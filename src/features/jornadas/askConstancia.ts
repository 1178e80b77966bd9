/** A person asks for their constancia, and follows it until it is signed. */
import { onScopeDispose, ref } from 'vue'
import { issueConstancia } from '@/data/issueConstancia'
import { getItem } from '@/data/items'
import { faultText } from '@/i18n/refusals'
import { watchSubmission } from '@/sync/watchSubmission'

/** Call it in the setup of a page that shows this registration. */
export function useConstancia(id: string) {
  const isBusy = ref(false)
  const problem = ref('')
  let stop = watchSubmission(id)
  onScopeDispose(() => stop())

  async function request(): Promise<void> {
    isBusy.value = true
    problem.value = ''
    try {
      await issueConstancia(id, (await getItem(id))?.secret ?? '')
      stop()
      stop = watchSubmission(id) // reads at once
    } catch (error) {
      problem.value = faultText(error)
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, problem, request }
}
