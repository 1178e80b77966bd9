/** The entry point on Supabase, which sets SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY. */
import { createHandler, type MediaJob } from './handler.ts'
import { objectsAt } from './objects.ts'

const required = (name: string): string => {
  const value = Deno.env.get(name)
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const url = required('SUPABASE_URL')
const secretKey = required('SUPABASE_SERVICE_ROLE_KEY')

async function rpc<T>(name: string, args: object): Promise<T> {
  const response = await fetch(`${url}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  if (!response.ok) throw new Error(`${name} answered ${response.status}`)
  return response.status === 204 ? (undefined as T) : await response.json()
}

Deno.serve(
  createHandler({
    secretKey,
    takeJobs: (limit) => rpc<MediaJob[]>('take_media_jobs', { p_limit: limit }),
    settleJob: (id, found, error) =>
      rpc<void>('settle_media_job', { p_id: id, p_result: found, p_error: error }),
    objects: objectsAt(url, secretKey),
  }),
)
