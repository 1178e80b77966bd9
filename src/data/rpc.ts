/**
 * How citizens' pages and the sender call the server, in page and worker. Names, arguments and answers have the types
 * of the database, and every failure is a Fault. It never retries; the caller decides. Staff pages use
 * `staff/client.ts`.
 */
import { Fault } from '@/domain/fault'
import type { PublicRead } from '@/domain/kinds'
import { SUPABASE_KEY, SUPABASE_URL } from './config'
import type { Database } from './database.types'
import { takeEarly } from './early'
import { learnClock, serverNow } from './serverClock'

type Functions = Database['public']['Functions']
export type FunctionName = keyof Functions
export type ArgumentsOf<F extends FunctionName> = Functions[F]['Args']
export type AnswerOf<F extends FunctionName> = Functions[F]['Returns']

const TIMEOUT_MS = 30_000

/** A failed call. `retryAfterMs` comes from the header Retry-After, `field` from a refusal. */
export class RpcFault extends Fault {
  constructor(
    code: string,
    retryable: boolean,
    readonly details: { retryAfterMs?: number; field?: string; status?: number } = {},
    options?: ErrorOptions,
  ) {
    super(code, retryable, options)
  }
}

/** `A` is the type of the answer. */
export interface RpcOptions<A = unknown> {
  /** A staff member's bearer token; citizens send none. */
  token?: string | undefined
  signal?: AbortSignal | undefined
  /** Deadline for the complete answer, in ms; 30 s by default. */
  timeoutMs?: number | undefined
  /** Whether the body of a success is ours. Any other, such as a captive portal's, is the fault `not_ours`. */
  accepts?: ((body: unknown) => body is A) | undefined
  fetch?: typeof fetch | undefined
  /** Takes the answer of the same request where `app/early.ts` has sent it. */
  early?: boolean
}

/** `A` may be narrower than the function's answer when `accepts` proves it. */
export type Rpc = <F extends FunctionName, A extends AnswerOf<F> = AnswerOf<F>>(
  fn: F,
  args: ArgumentsOf<F>,
  options?: RpcOptions<A>,
) => Promise<A>

/** Parses Retry-After, seconds or an HTTP date, into ms from now; undefined when it is absent or invalid. */
function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined
  const ms = /^\d+$/u.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - serverNow().getTime()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The fault of a failed answer. PostgREST turns `raise sqlstate 'PTxyz'` into status xyz with message and details. */
export function faultOf({ status, headers }: Response, body: unknown): RpcFault {
  const error = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const { code, message, details } = error
  if (status === 401) return new RpcFault('auth', false, { status }) // also our own: a session that may not act as staff
  if (typeof code === 'string' && code.startsWith('PT') && typeof message === 'string') {
    return new RpcFault(message, false, { status, ...(typeof details === 'string' && { field: details }) })
  }
  const retryAfterMs = retryAfter(headers.get('retry-after'))
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  return new RpcFault(status === 429 ? 'rate_limited' : 'server', true, { status, ...wait })
}

/** Runs `work` with a signal that aborts at the deadline or with the caller's signal. Faults: `offline`, `timeout`. */
async function withDeadline<T>(
  options: RpcOptions<never>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  let late = false
  const onDeadline = () => {
    late = true
    controller.abort()
  }
  const onAbort = () => controller.abort(options.signal?.reason)
  const timer = setTimeout(onDeadline, options.timeoutMs ?? TIMEOUT_MS)
  if (options.signal?.aborted) onAbort()
  options.signal?.addEventListener('abort', onAbort)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (late) throw new RpcFault('timeout', true, {}, { cause: error })
    throw error instanceof Fault ? error : new RpcFault('offline', true, {}, { cause: error })
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', onAbort)
  }
}

/** `body` is null when the answer is empty, undefined when it is not JSON. */
interface Exchange {
  response: Response
  text: string
  body: unknown
}

/** Sends a request and reads its complete answer, of any status. Faults: `offline`, `timeout`. */
export const exchange = (
  url: string,
  init: RequestInit,
  options: Omit<RpcOptions<never>, 'accepts'>,
): Promise<Exchange> =>
  withDeadline(options, async (signal) => {
    const send = options.fetch ?? fetch
    // Only a captive portal redirects, and following it would give it the private link.
    const response = await send(url, { ...init, signal, redirect: 'error', credentials: 'omit' })
    const text = await response.text()
    return { response, text, body: text === '' ? null : parse(text) }
  })

async function call<A>(url: string, init: RequestInit, options: RpcOptions<A>): Promise<A> {
  const { response, body } = await exchange(url, init, options)
  if (!response.ok) throw faultOf(response, body)
  if (body === undefined || (options.accepts && !options.accepts(body))) {
    throw new RpcFault('not_ours', true, { status: response.status })
  }
  return body as A
}

const headersFor = (token?: string): Record<string, string> => ({
  apikey: SUPABASE_KEY,
  accept: 'application/json',
  ...(token && { authorization: `Bearer ${token}` }),
})

/** Sets the server's clock from an answer with `now`. `sentAt`: `performance.now()` at the request. */
export function learnNow(body: unknown, sentAt: number): void {
  const now = (body as { now?: unknown } | null)?.now
  if (typeof now === 'string') learnClock(now, sentAt)
}

/**
 * Calls a function of the database by POST. Faults: `offline`, `timeout`, `server`, `rate_limited`, `not_ours`
 * (retryable); `auth` (401) and a refusal's own code (not retryable).
 */
export const rpc: Rpc = async (fn, args, options = {}) => {
  const url = `${SUPABASE_URL}/rest/v1/rpc/${fn}`
  const early = options.early ? takeEarly(url) : undefined
  const sentAt = early?.sentAt ?? performance.now()
  const body = await call(
    url,
    {
      method: 'POST',
      cache: 'no-store',
      headers: { ...headersFor(options.token), 'content-type': 'application/json' },
      body: JSON.stringify(args),
    },
    early ? { ...options, fetch: () => early.response } : options,
  )
  learnNow(body, sentAt)
  return body
}

/** The arguments of a call: none for a function without arguments. */
export type ArgumentList<F extends FunctionName> = [ArgumentsOf<F>] extends [never]
  ? []
  : [args: ArgumentsOf<F>]

/** Calls a public read by GET, so that the worker can answer it from its cache. Faults as `rpc`. */
export function rpcGet<F extends FunctionName & PublicRead>(
  fn: F,
  ...[args]: ArgumentList<F>
): Promise<AnswerOf<F>> {
  const given = Object.entries<string | null>(args ?? {}).filter(
    (pair): pair is [string, string] => pair[1] !== null,
  )
  const query = new URLSearchParams(given).toString()
  const url = `${SUPABASE_URL}/rest/v1/rpc/${fn}${query && `?${query}`}`
  const early = takeEarly(url)
  const options = early ? { fetch: () => early.response } : {}
  return call<AnswerOf<F>>(url, { method: 'GET', headers: headersFor() }, options)
}
