/**
 * What the mail service tells of letters that it took: they arrived, came back, or their reader complained. Calls are signed
 * as Standard Webhooks says, and events have the form of Resend. Portable: Deno serves it in production, and the embedded
 * backend calls it in-process.
 */
import { answer } from '../_shared/callerSecret.ts'

export interface Collaborators {
  /** The secret of the webhook: `whsec_` and base64, as the service shows it. Without one every call is refused. */
  secret: string
  /** False for a letter that is not ours, or was forgotten. Repeating an event changes nothing. */
  record(name: string, event: MailEvent): Promise<boolean>
}

export type MailEvent = 'delivered' | 'bounced' | 'complained'

const EVENTS = new Map<unknown, MailEvent>([
  ['email.delivered', 'delivered'],
  ['email.bounced', 'bounced'],
  ['email.complained', 'complained'],
])
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u
/** A signature is refused beyond this age, in either direction. */
const TOLERANCE_S = 5 * 60
/** An event is some hundred bytes, and has a second signature while the secret changes. Whoever has none makes us hash no more. */
const MAX_BODY = 64 * 1024
const MAX_SIGNATURES = 4

/** Answers 200 to a signed call, also about a letter that nobody knows: the service would repeat it for days. */
export const createHandler =
  ({ secret, record }: Collaborators) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return answer(405, { message: 'Method not allowed' })
    const body = await request.text()
    if (body.length > MAX_BODY) return answer(413, { message: 'Too large' })
    if (!(await isSigned(request.headers, body, secret))) return answer(401, { message: 'Invalid signature' })
    const told = readEvent(body)
    return answer(200, { known: told !== null && (await record(told.name, told.event)) })
  }

/** Of headers with the prefix `webhook-`, or `svix-`, which Resend writes. */
async function isSigned(headers: Headers, body: string, secret: string): Promise<boolean> {
  const given = (name: string) => headers.get(`webhook-${name}`) ?? headers.get(`svix-${name}`) ?? ''
  const at = given('timestamp')
  if (!/^\d{1,12}$/u.test(at) || Math.abs(Date.now() / 1000 - Number(at)) > TOLERANCE_S) return false
  const bytes = bytesOf(secret.replace(/^whsec_/u, ''))
  if (bytes.length === 0) return false
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ])
  const signed = new TextEncoder().encode(`${given('id')}.${at}.${body}`)
  for (const one of given('signature').split(' ', MAX_SIGNATURES)) {
    if (!one.startsWith('v1,')) continue
    if (await crypto.subtle.verify('HMAC', key, bytesOf(one.slice(3)), signed)) return true
  }
  return false
}

/** Nothing for what is not base64: no signature has that value. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0)!)
  } catch {
    return new Uint8Array()
  }
}

/** Null for an event that says nothing of a letter of ours, such as one that was opened. */
function readEvent(body: string): { name: string; event: MailEvent } | null {
  try {
    const { type, data } = JSON.parse(body) as { type?: unknown; data?: { tags?: { letter?: unknown } } }
    const event = EVENTS.get(type)
    const name = data?.tags?.letter
    return event && typeof name === 'string' && UUID.test(name) ? { name, event } : null
  } catch {
    return null
  }
}
