/** The entry point on Supabase, which sets SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY. */
import type { Answer } from '../_shared/answers.ts'
import { createHandler } from './handler.ts'

const required = (name: string): string => {
  const value = Deno.env.get(name)
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const url = required('SUPABASE_URL')
const secretKey = required('SUPABASE_SERVICE_ROLE_KEY')

async function post(path: string, body: object): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json().catch(() => ({})) }
}

Deno.serve(
  createHandler({
    rpc: (name, args) => post(`/rest/v1/rpc/${name}`, args),
    createUser: (user) => post('/auth/v1/admin/users', user),
  }),
)
