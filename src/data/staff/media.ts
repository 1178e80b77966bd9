/** Addresses of originals that only staff may play, signed by Storage for an hour. */
import { Fault } from '@/domain/fault'
import { SUPABASE_KEY, SUPABASE_URL } from '../config'

const SECONDS = 3600
const TIMEOUT_MS = 15_000

/** An address that plays this object of `videos-intake`. Faults: `auth`, `offline`, `server`. */
export async function signVideo(id: string, token: string): Promise<string> {
  const response = await fetch(`${SUPABASE_URL}/storage/v1/object/sign/videos-intake/${id}`, {
    method: 'POST',
    headers: { apikey: SUPABASE_KEY, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ expiresIn: SECONDS }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw new Fault('offline', true, { cause })
  })
  const body = (await response.json().catch(() => null)) as { signedURL?: unknown } | null
  if (response.status === 401) throw new Fault('auth', false)
  if (!response.ok || typeof body?.signedURL !== 'string') throw new Fault('server', true)
  return `${SUPABASE_URL}/storage/v1${body.signedURL}`
}
