/** Fetches a file that storage shows to everybody. */
import { SUPABASE_URL } from '@/data/config'
import { Fault } from '@/domain/fault'

/** Where everybody can fetch it. */
export const publicAddress = (bucket: string, name: string): string =>
  `${SUPABASE_URL}/storage/v1/object/public/${bucket}/${name}`

/** What storage answers of a file that was replaced or taken out: 400 where it does not say that it knows the name. */
const GONE = new Set([400, 404, 410])

/** The fault of a transfer that broke: `stopped` by the person, or `offline`. */
export const brokenOff = (signal: AbortSignal | undefined, cause: unknown): Fault =>
  new Fault(signal?.aborted ? 'stopped' : 'offline', true, { cause })

/** The answer of storage, or of these bytes of it («bytes=0-9»). Faults: `offline`, `stopped`, `gone`, `server`. */
export async function fetchPublic(address: string, signal?: AbortSignal, range?: string): Promise<Response> {
  const response = await fetch(address, {
    redirect: 'error',
    credentials: 'omit',
    ...(signal && { signal }),
    ...(range && { headers: { range } }),
  }).catch((cause: unknown) => {
    throw brokenOff(signal, cause)
  })
  if (GONE.has(response.status)) throw new Fault('gone', false)
  if (!response.ok) throw new Fault('server', true)
  return response
}
