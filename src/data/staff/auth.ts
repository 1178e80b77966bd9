/** Signing in and out. Import it lazily, because no citizen needs it. */
import { db } from '../db'
import { authFault, supabase } from './client'
import { eraseStaff, STAFF_TABLES } from './keptItems'
import { readAccessToken, SESSION_KEY } from './session'

/** Signs in and stores the session. Faults: `auth_invalid_credentials`, `offline`, `server`. */
export async function signIn(email: string, password: string): Promise<void> {
  const { data, error } = await supabase.auth.signInWithPassword({ email: email.trim(), password })
  if (error) throw authFault(error)
  await eraseStaff(data.user.id) // an earlier session that ended by itself may have left lists
}

/**
 * Deletes the session and what staff were shown on this phone, at once and also offline. It tells the server if it can.
 * No op leaves the outbox: ops wait until their author signs in again, and no other session sends them.
 */
export async function signOut(): Promise<void> {
  const held = await readAccessToken()
  await db.transaction('rw', [db.auth, ...STAFF_TABLES], async () => {
    await db.auth.delete(SESSION_KEY)
    await eraseStaff()
  })
  if (held) await supabase.auth.admin.signOut(held.token, 'local').catch(() => undefined)
}
