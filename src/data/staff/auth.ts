/**
 * Signing in and out of the staff, by supabase-js' auth client alone (its realtime and storage stay out of
 * the chunk). The session lives in Dexie's table `auth`, so the service worker can read the token and
 * signing out is one deletion that also works offline. Load this lazily: no citizen needs it.
 */
import { AuthClient, isAuthApiError, isAuthRetryableFetchError } from '@supabase/supabase-js'
import { Fault } from '@/domain/fault'
import { SUPABASE_KEY, SUPABASE_URL } from '../config'
import { db } from '../db'
import { eraseStaff, STAFF_TABLES } from './keptItems'
import { SESSION_KEY, readAccessToken } from './session'

const CALL_TIMEOUT_MS = 15_000

const storage = {
  getItem: async (key: string) => (await db.auth.get(key))?.value ?? null,
  setItem: async (key: string, value: string) => {
    await db.auth.put({ key, value })
  },
  removeItem: (key: string) => db.auth.delete(key),
}

let client: InstanceType<typeof AuthClient> | undefined

/** One client a page; it keeps the session fresh while the page is visible. */
const authClient = () =>
  (client ??= new AuthClient({
    url: `${SUPABASE_URL}/auth/v1`,
    headers: { apikey: SUPABASE_KEY, Authorization: `Bearer ${SUPABASE_KEY}` },
    storageKey: SESSION_KEY,
    storage,
    autoRefreshToken: true,
    persistSession: true,
    detectSessionInUrl: false,
    fetch: (input, init) =>
      fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS) }),
  }))

/** What a failed call to the auth server means to the person: wrong words, no network, or our trouble. */
function toFault(error: unknown): Fault {
  if (isAuthRetryableFetchError(error)) {
    return error.status ? new Fault('server', true, { cause: error }) : new Fault('offline', true)
  }
  if (isAuthApiError(error) && (error.status === 400 || error.status === 401 || error.status === 422)) {
    return new Fault('auth_invalid_credentials', false, { cause: error })
  }
  return new Fault('server', true, { cause: error })
}

/** Signs in and keeps the session. Faults: `auth_invalid_credentials`, `offline`, `server`. */
export async function signIn(email: string, password: string): Promise<void> {
  const { data, error } = await authClient().signInWithPassword({ email: email.trim(), password })
  if (error) throw toFault(error)
  await eraseStaff(data.user.id) // a session that ended by itself left its lists
}

/**
 * Forgets the session and what staff were shown on this phone at once, also offline; the server is told when it
 * can be. No op leaves the outbox: they wait for their author to sign in again, and nobody else's session sends them.
 */
export async function signOut(): Promise<void> {
  const held = await readAccessToken()
  await db.transaction('rw', [db.auth, ...STAFF_TABLES], async () => {
    await db.auth.delete(SESSION_KEY)
    await eraseStaff()
  })
  if (held)
    await authClient()
      .admin.signOut(held.token, 'local')
      .catch(() => undefined)
}

/**
 * A token good for a call, refreshed when it must be; null when the person has to sign in again.
 * `rejected` is a token that the server has just refused. Faults: `offline`, `server`.
 */
export async function freshToken(rejected?: string): Promise<string | null> {
  const held = await readAccessToken()
  if (held && held.token !== rejected) return held.token
  const { data, error } = await authClient().refreshSession()
  if (!error) return data.session?.access_token ?? null
  if (isAuthRetryableFetchError(error)) throw toFault(error)
  return null
}
