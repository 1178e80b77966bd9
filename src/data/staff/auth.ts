/** Signing in and out of the staff. Load this lazily: no citizen needs it. */
import { db } from '../db'
import { authFault, supabase } from './client'
import { eraseStaff, STAFF_TABLES } from './keptItems'
import { readAccessToken, SESSION_KEY } from './session'

/** Signs in and keeps the session. Faults: `auth_invalid_credentials`, `offline`, `server`. */
export async function signIn(email: string, password: string): Promise<void> {
  const { data, error } = await supabase.auth.signInWithPassword({ email: email.trim(), password })
  if (error) throw authFault(error)
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
  if (held) await supabase.auth.admin.signOut(held.token, 'local').catch(() => undefined)
}
