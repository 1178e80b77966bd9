/**
 * How staff pages call the server: supabase-js, with its session in the table `auth`. There the service worker can
 * read the token, and signing out is a deletion that works offline. No citizen loads it.
 */
import {
  type AuthError,
  createClient,
  isAuthRetryableFetchError,
  type SupabaseClient,
} from '@supabase/supabase-js'
import { Fault } from '@/domain/fault'
import type { EdgeFunctions } from '@/domain/edgeFunctions'
import { SUPABASE_KEY, SUPABASE_URL } from '../config'
import type { Database } from '../database.types'
import { db } from '../db'
import { type AnswerOf, type ArgumentList, type FunctionName, RpcFault } from '../rpc'
import { clockOffset } from '../serverClock'
import { createMemberFetch } from './memberFetch'
import { parseSession, readAccessToken, SESSION_KEY } from './session'

type Outcome<T> = { data: T; error: null } | { data: null; error: object }

/** A call of a database function; it is sent when it is awaited. */
interface FunctionCall<T> extends PromiseLike<Outcome<T>> {
  throwOnError(): PromiseLike<{ data: T; error: null }>
}

/**
 * The part of supabase-js that the app uses, with stricter types: missing or unknown arguments do not compile, each
 * Edge Function has its types, and no function is called by GET, which supabase-js would retry.
 */
interface StaffClient extends Pick<SupabaseClient<Database>, 'auth'> {
  rpc<F extends FunctionName>(fn: F, ...args: ArgumentList<F>): FunctionCall<AnswerOf<F>>
  functions: {
    invoke<N extends keyof EdgeFunctions>(
      name: N,
      options: { body: EdgeFunctions[N]['body'] },
    ): Promise<Outcome<EdgeFunctions[N]['answer']>>
  }
}

/** Converts `expires_at` to the phone's clock, because supabase-js compares it with that clock, which may be wrong. */
function byPhoneClock(text: string): string {
  const session = parseSession(text)
  if (!session) return text
  const expires_at = Math.round((session.expires_at.getTime() - clockOffset()) / 1000)
  return JSON.stringify({ ...JSON.parse(text), expires_at })
}

const storage = {
  getItem: async (key: string) => {
    const value = (await db.auth.get(key))?.value ?? null
    return value && key === SESSION_KEY ? byPhoneClock(value) : value
  },
  setItem: async (key: string, value: string) => {
    await db.auth.put({ key, value })
  },
  removeItem: (key: string) => db.auth.delete(key),
}

/** Realtime is not used, but supabase-js needs a WebSocket class, which Node 20 lacks. */
function NoSocket(): never {
  throw new Error('this app opens no socket')
}

/** The faults of the refusals that screens tell apart, by Supabase Auth's code. */
const FAULT_OF: Readonly<Record<string, string>> = {
  mfa_verification_failed: 'code_wrong',
  mfa_challenge_expired: 'code_wrong',
  insufficient_aal: 'auth',
  otp_expired: 'link_expired',
  same_password: 'password_same',
  weak_password: 'password_weak',
}

/**
 * The fault of a failed call to the auth server: `auth_invalid_credentials`, `offline`, `server`, `attempts_too_many`, or one of FAULT_OF.
 */
export function authFault(error: AuthError): Fault {
  if (isAuthRetryableFetchError(error)) {
    return error.status ? new Fault('server', true, { cause: error }) : new Fault('offline', true)
  }
  const known = error.status === 429 ? 'attempts_too_many' : FAULT_OF[error.code ?? '']
  if (known) return new Fault(known, false, { cause: error })
  const isRefused = error.status === 400 || error.status === 401 || error.status === 422
  return isRefused
    ? new Fault('auth_invalid_credentials', false, { cause: error })
    : new Fault('server', true, { cause: error })
}

async function refresh(): Promise<string | null> {
  const { data, error } = await supabase.auth.refreshSession()
  if (isAuthRetryableFetchError(error)) throw authFault(error)
  return data.session?.access_token ?? (await readAccessToken())?.token ?? null
}

/** The page's client. It renews the session while the page is visible. */
export const supabase = createClient<Database>(SUPABASE_URL, SUPABASE_KEY, {
  auth: {
    storageKey: SESSION_KEY,
    storage,
    autoRefreshToken: true,
    persistSession: true,
    detectSessionInUrl: false,
  },
  global: { fetch: createMemberFetch(refresh) },
  realtime: { transport: NoSocket as never },
}) as StaffClient

/** The fault in an error: supabase-js puts that of a function in `context`. */
function faultIn(error: object): Fault {
  const { context } = error as { context?: unknown }
  const fault = [error, context].find((one) => one instanceof Fault)
  return fault ?? new RpcFault('server', true, {}, { cause: error })
}

type Value<S> = Extract<S, { error: null }> extends { data: infer T } ? T : never

/**
 * The data of a call of `supabase`. Faults as `rpc`, `auth` when the person has to sign in again, and `not_ours` when
 * `accepts` rejects the data.
 */
export async function answerOf<S extends Outcome<unknown>, A extends Value<S> = Value<S>>(
  call: PromiseLike<S> | (PromiseLike<S> & Pick<FunctionCall<unknown>, 'throwOnError'>),
  accepts?: (value: unknown) => value is A,
): Promise<A> {
  // supabase-js keeps the fault of a database call only when the call throws; otherwise only its message.
  const { data, error } = await ('throwOnError' in call ? call.throwOnError() : call)
  if (error) throw faultIn(error)
  if (accepts && !accepts(data)) throw new RpcFault('not_ours', true)
  return data as A
}
