/** How a person has their constancia issued and signed: the only Edge Function that citizens' pages call. */
import { SUPABASE_KEY, SUPABASE_URL } from './config'
import { exchange, faultOf } from './rpc'

/** Issues the constancia of this registration; changes nothing where there is one. Faults as `rpc`. */
export async function issueConstancia(id: string, secret: string): Promise<void> {
  const body = JSON.stringify({ document: 'constancia', id, secret })
  const headers = { apikey: SUPABASE_KEY, 'content-type': 'application/json' }
  const url = `${SUPABASE_URL}/functions/v1/sign`
  const answer = await exchange(url, { method: 'POST', headers, body }, {})
  if (!answer.response.ok) throw faultOf(answer.response, answer.body)
}
