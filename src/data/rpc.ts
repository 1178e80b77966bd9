/**
 * The citizens' only door to the server, for page and worker alike: one function, one call, one named
 * fault. It never retries: whoever calls decides.
 */
import { Fault } from '@/domain/fault'
import { SUPABASE_KEY, SUPABASE_URL } from './config'
import { learnClock } from './serverClock'

const TIMEOUT_MS = 30_000

/** A failed call. `retryAfterMs` comes from Retry-After, `field` from a refusal. */
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

export interface RpcOptions {
  /** Bearer token of the staff; citizens send none. */
  token?: string | undefined
  signal?: AbortSignal | undefined
  /** Deadline for the whole answer, in ms; 30 s when not said. */
  timeoutMs?: number | undefined
  /** Whether a 200's body is ours; what is not is `not_ours` (a captive portal's). */
  accepts?: ((body: unknown) => boolean) | undefined
  fetch?: typeof fetch | undefined
}

export type Rpc = <T>(fn: string, args: Record<string, unknown>, options?: RpcOptions) => Promise<T>

/** Seconds or an HTTP date, as ms from now; undefined when absent or senseless. */
function retryAfter(header: string | null): number | undefined {
  if (!header) return undefined
  const ms = /^\d+$/u.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** PostgREST turns `raise sqlstate 'PTxyz'` into HTTP xyz with that code; message and details are ours. */
function faultOf(response: Response, body: unknown): RpcFault {
  const { status, headers } = response
  const error = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const { code, message, details } = error
  if (typeof code === 'string' && code.startsWith('PT') && typeof message === 'string') {
    return new RpcFault(message, false, { status, ...(typeof details === 'string' && { field: details }) })
  }
  if (status === 401) return new RpcFault('auth', false, { status })
  const retryAfterMs = retryAfter(headers.get('retry-after'))
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  return new RpcFault(status === 429 ? 'rate_limited' : 'server', true, { status, ...wait })
}

/** Runs `work` under a signal that ends at the deadline or with the caller's. */
async function withDeadline<T>(options: RpcOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
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

async function call<T>(url: string, init: RequestInit, options: RpcOptions): Promise<T> {
  return withDeadline(options, async (signal) => {
    const send = options.fetch ?? fetch
    // A redirect is a portal's: following it would hand it the private link.
    const response = await send(url, { ...init, signal, redirect: 'error', credentials: 'omit' })
    const text = await response.text()
    const body = text === '' && response.ok ? null : parse(text)
    if (!response.ok) throw faultOf(response, body)
    if (body === undefined || (options.accepts && !options.accepts(body))) {
      throw new RpcFault('not_ours', true, { status: response.status })
    }
    return body as T
  })
}

const headersFor = (token?: string): Record<string, string> => ({
  apikey: SUPABASE_KEY,
  accept: 'application/json',
  ...(token && { authorization: `Bearer ${token}` }),
})

/**
 * Calls a function by POST. Faults: `offline`, `timeout`, `server`, `rate_limited`, `not_ours` (retryable);
 * `auth` (401); a refusal's own code (not retryable).
 */
export async function rpc<T>(
  fn: string,
  args: Record<string, unknown>,
  options: RpcOptions = {},
): Promise<T> {
  const sentAt = Date.now()
  const body = await call<T>(
    `${SUPABASE_URL}/rest/v1/rpc/${fn}`,
    {
      method: 'POST',
      cache: 'no-store',
      headers: { ...headersFor(options.token), 'content-type': 'application/json' },
      body: JSON.stringify(args),
    },
    options,
  )
  const now = (body as { now?: unknown } | null)?.now
  if (typeof now === 'string') learnClock(now, sentAt)
  return body
}

/** Calls an Edge Function by POST. Faults as `rpc`. */
export const invoke = <T>(name: string, body: Record<string, unknown>, options: RpcOptions = {}) =>
  call<T>(
    `${SUPABASE_URL}/functions/v1/${name}`,
    {
      method: 'POST',
      cache: 'no-store',
      headers: { ...headersFor(options.token), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    options,
  )

/** Calls a stable public function by GET, which the worker may answer from its cache. Faults as `rpc`. */
export function rpcGet<T>(
  fn: string,
  args: Record<string, string> = {},
  options: Omit<RpcOptions, 'token'> = {},
): Promise<T> {
  const query = new URLSearchParams(args).toString()
  return call<T>(
    `${SUPABASE_URL}/rest/v1/rpc/${fn}${query && `?${query}`}`,
    { method: 'GET', headers: headersFor() },
    options,
  )
}
