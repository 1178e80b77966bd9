/** How authors watch their own video before it is public. Only the page of their captions calls this. */
import { SUPABASE_KEY, SUPABASE_URL } from './config'
import { exchange, faultOf } from './rpc'

/** An address that plays the file that the server has, for a few minutes and whoever holds it. Faults as `rpc`. */
export async function openOwnVideo(folio: string, secret: string): Promise<string> {
  const headers = { apikey: SUPABASE_KEY, 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify({ folio, secret }) }
  const answer = await exchange(`${SUPABASE_URL}/functions/v1/open-file`, init, {})
  if (!answer.response.ok) throw faultOf(answer.response, answer.body)
  return SUPABASE_URL + (answer.body as { path: string }).path
}
