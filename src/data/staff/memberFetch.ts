/**
 * The `fetch` of supabase-js. A call has a deadline and follows no redirect, and its failure is a Fault. A refused
 * token is renewed once; nothing else is retried.
 */
import { Fault } from '@/domain/fault'
import { SUPABASE_KEY, SUPABASE_URL } from '../config'
import { exchange, faultOf, learnNow, RpcFault } from '../rpc'
import { readAccessToken } from './session'

const AUTH_URL = `${SUPABASE_URL}/auth/v1/`
const STORAGE_URL = `${SUPABASE_URL}/storage/v1/`
const AUTH_TIMEOUT_MS = 15_000

/** These calls are sent without the session: the invitation's token is the proof, whoever is signed in. */
const WITHOUT_SESSION = [
  `${SUPABASE_URL}/rest/v1/rpc/open_invitation`,
  `${SUPABASE_URL}/functions/v1/accept-invitation`,
]

interface Received {
  response: Response
  text: string
}

/** A complete answer as the Response that supabase-js reads. */
const toResponse = ({ response: { status, statusText, headers }, text }: Received) =>
  new Response(text || null, { status, statusText, headers })

const signalOf = (init: RequestInit) => ({ signal: init.signal ?? undefined })

/**
 * Calls the auth server and returns any answer, because supabase-js reads its refusals. An answer that is not JSON
 * comes from a captive portal and must not end the session. Faults: `offline`, `timeout`, `not_ours`.
 */
async function askAuth(url: string, init: RequestInit): Promise<Response> {
  const received = await exchange(url, init, { ...signalOf(init), timeoutMs: AUTH_TIMEOUT_MS })
  const { response, body } = received
  if (body === undefined && response.status < 500) throw new RpcFault('not_ours', true)
  return toResponse(received)
}

/**
 * Whether the storage API refuses the token. It answers 400 and says 403 in the body, as it does to a caller without a
 * right; only its message tells them apart.
 */
function isTokenRefused(url: string, { status }: Response, body: unknown): boolean {
  if (status !== 400 || !url.startsWith(STORAGE_URL)) return false
  const { statusCode, message } = (body ?? {}) as { statusCode?: unknown; message?: unknown }
  return statusCode === '403' && /\b(?:jw[st]|claim|signature)\b/iu.test(String(message))
}

/** Sends a request and returns its successful answer. Faults as `rpc`. */
async function ask(url: string, init: RequestInit): Promise<Response> {
  const sentAt = Date.now()
  const received = await exchange(url, { ...init, cache: 'no-store' }, signalOf(init))
  const { response, body } = received
  if (isTokenRefused(url, response, body)) throw new RpcFault('auth', false, { status: 401 })
  if (!response.ok) throw faultOf(response, body)
  if (body === undefined) throw new RpcFault('not_ours', true, { status: response.status })
  learnNow(body, sentAt)
  return toResponse(received)
}

function withBearer(init: RequestInit, token: string): RequestInit {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  return { ...init, headers }
}

const readToken = async () => (await readAccessToken())?.token

/**
 * Creates the `fetch`. `refresh` returns a new token, or null when the person has to sign in again; its faults are
 * `offline` and `server`.
 */
export function createMemberFetch(refresh: () => Promise<string | null>): typeof fetch {
  async function askAsMember(url: string, init: RequestInit): Promise<Response> {
    const token = (await readToken()) ?? (await refresh())
    if (!token) throw new RpcFault('auth', false)
    try {
      return await ask(url, withBearer(init, token))
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'auth') throw error
      const current = await readToken() // another call or another tab may have renewed it
      const renewed = current && current !== token ? current : await refresh()
      if (!renewed || renewed === token) throw error
      return ask(url, withBearer(init, renewed))
    }
  }
  return (input, init = {}) => {
    const url = String(input)
    if (url.startsWith(AUTH_URL)) return askAuth(url, init)
    return WITHOUT_SESSION.includes(url) ? ask(url, withBearer(init, SUPABASE_KEY)) : askAsMember(url, init)
  }
}
