/** How the author of a video, and a minor's guardian, watch it before it is public. */
import type { EdgeFunctions } from '@/domain/edgeFunctions'
import { SUPABASE_KEY, SUPABASE_URL } from './config'
import { exchange, faultOf } from './rpc'

async function open(body: EdgeFunctions['open-file']['body']): Promise<string> {
  const headers = { apikey: SUPABASE_KEY, 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = await exchange(`${SUPABASE_URL}/functions/v1/open-file`, init, {})
  if (!answer.response.ok) throw faultOf(answer.response, answer.body)
  return SUPABASE_URL + (answer.body as { path: string }).path
}

/** An address that plays the author's file that the server has, for a few minutes and whoever holds it. Faults as `rpc`. */
export const openOwnVideo = (folio: string, secret: string): Promise<string> => open({ folio, secret })

/** The same for the guardian who is asked, with the secret of her link. */
export const openGuardianVideo = (token: string): Promise<string> => open({ guardian: token })
