/** A person asks for their constancia, and follows it until it is signed. */
import { onScopeDispose, ref } from 'vue'
import { SUPABASE_KEY, SUPABASE_URL } from '@/data/config'
import { getItem } from '@/data/items'
import { exchange, faultOf } from '@/data/rpc'
import { faultText } from '@/i18n/refusals'
import { watchSubmission } from '@/sync/watchSubmission'

/** Issues the constancia of a registration of this phone and has it signed. Throws a Fault. */
async function ask(id: string): Promise<void> {
  const secret = (await getItem(id))?.secret
  const { response, body } = await exchange(
    `${SUPABASE_URL}/functions/v1/sign`,
    {
      method: 'POST',
      headers: { apikey: SUPABASE_KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ document: 'constancia', id, secret }),
    },
    {},
  )
  if (!response.ok) throw faultOf(response, body)
}

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
      await ask(id)
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
