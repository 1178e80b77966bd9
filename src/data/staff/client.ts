/**
 * The staff's door to the server: supabase-js, with the session in Dexie's table `auth`, so that the service
 * worker can read the token and signing out is one deletion that also works offline. No citizen loads it.
 */
import {
  type AuthError,
  createClient,
  isAuthRetryableFetchError,
  type SupabaseClient,
} from '@supabase/supabase-js'
import { Fault } from '@/domain/fault'
import type { EdgeFunctions } from '@/domain/wire'
import { SUPABASE_KEY, SUPABASE_URL } from '../config'
import type { Database } from '../database.types'
import { db } from '../db'
import { type AnswerOf, type ArgumentList, type FunctionName, RpcFault } from '../rpc'
import { clockOffset } from '../serverClock'
import { createMemberFetch } from './memberFetch'
import { parseSession, readAccessToken, SESSION_KEY } from './session'

type Outcome<T> = { data: T; error: null } | { data: null; error: object }

/** A call of a function of the database; it is sent when it is awaited. */
interface FunctionCall<T> extends PromiseLike<Outcome<T>> {
  throwOnError(): PromiseLike<{ data: T; error: null }>
}

/**
 * What the app uses of supabase-js, with stricter types: no argument is left out or made up, each Edge Function
 * has its own, and no function is called by GET, which supabase-js would try again by itself.
 */
interface StaffClient extends Pick<SupabaseClient<Database>, 'auth' | 'storage'> {
  rpc<F extends FunctionName>(fn: F, ...args: ArgumentList<F>): FunctionCall<AnswerOf<F>>
  functions: {
    invoke<N extends keyof EdgeFunctions>(
      name: N,
      options: { body: EdgeFunctions[N]['body'] },
    ): Promise<Outcome<EdgeFunctions[N]['answer']>>
  }
}

/** supabase-js compares `expires_at` with the phone's clock, which may be wrong: it is told by that clock. */
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

/** Realtime is not used. Without a WebSocket of its own, Node 20 lets no client be made. */
function NoSocket(): never {
  throw new Error('this app opens no socket')
}

/** What a failed call to the auth server means to the person: wrong words, no network, or our trouble. */
export function authFault(error: AuthError): Fault {
  if (isAuthRetryableFetchError(error)) {
    return error.status ? new Fault('server', true, { cause: error }) : new Fault('offline', true)
  }
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

/** One client a page; it keeps the session fresh while the page is visible. */
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

/** The fault behind an error: storage holds it in `originalError`, functions in `context`. */
function faultIn(error: object): Fault {
  const { originalError, context } = error as { originalError?: unknown; context?: unknown }
  const fault = [error, originalError, context].find((one) => one instanceof Fault)
  return fault ?? new RpcFault('server', true, {}, { cause: error })
}

type Value<S> = Extract<S, { error: null }> extends { data: infer T } ? T : never

/**
 * What a call of `supabase` brought. Faults as `rpc`, and `auth` when the person has to sign in again.
 * `accepts`: whether this is ours; what is not is `not_ours`.
 */
export async function answerOf<S extends Outcome<unknown>, A extends Value<S> = Value<S>>(
  call: PromiseLike<S> | (PromiseLike<S> & Pick<FunctionCall<unknown>, 'throwOnError'>),
  accepts?: (value: unknown) => value is A,
): Promise<A> {
  // A call of the database keeps its fault only when it throws: otherwise only its words are left.
  const { data, error } = await ('throwOnError' in call ? call.throwOnError() : call)
  if (error) throw faultIn(error)
  if (accepts && !accepts(data)) throw new RpcFault('not_ours', true)
  return data as A
}
