/**
 * The entry point on Supabase, which sets SUPABASE_URL, SUPABASE_ANON_KEY and SUPABASE_SERVICE_ROLE_KEY. SIGNING_KEYS is
 * a secret of the project: JSON of key id → seed (docs/deploy.md).
 */
import type { Answer } from '../_shared/answers.ts'
import { createHandler } from './handler.ts'

const required = (name: string): string => {
  const value = Deno.env.get(name)
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const url = required('SUPABASE_URL')
const publishableKey = required('SUPABASE_ANON_KEY')
const secretKey = required('SUPABASE_SERVICE_ROLE_KEY')

async function rpc(name: string, args: object, apikey: string, authorization: string): Promise<Answer> {
  const response = await fetch(`${url}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { apikey, authorization, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  return { status: response.status, body: await response.json().catch(() => ({})) }
}

Deno.serve(
  createHandler({
    keys: JSON.parse(required('SIGNING_KEYS')),
    read: (name, args, authorization) => rpc(name, args, publishableKey, authorization),
    publish: (keys) => rpc('keep_signing_keys', { p_keys: keys }, secretKey, `Bearer ${secretKey}`),
  }),
)
