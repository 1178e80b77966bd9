/** The entry point on Supabase. Secret to set: APP_URL, where the app is served. */
import { serviceRpc } from '../_shared/serviceRpc.ts'
import { createHandler } from './handler.ts'

const { url, secretKey } = serviceRpc()

/** A refusal is an answer here: the token may be anybody's. */
async function stop(token: string): Promise<boolean> {
  const response = await fetch(`${url}/rest/v1/rpc/choose_mail`, {
    method: 'POST',
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ p_token: token, p_choice: 'stop' }),
  })
  if (!response.ok && response.status !== 404) throw new Error(`choose_mail answered ${response.status}`)
  return response.ok
}

Deno.serve(createHandler({ app: () => Deno.env.get('APP_URL') ?? null, stop }))
