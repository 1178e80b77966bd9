/** Staff sign in and out. Load it lazily: no citizen needs it. */
import { canonicalEmail } from '@/domain/email'
import { db } from '../db'
import { authFault, supabase } from './client'
import { eraseStaff, STAFF_TABLES } from './keptItems'
import { readAccessToken, SESSION_KEY } from './session'

/** Signs in and keeps the session. Faults: `auth_invalid_credentials`, `offline`, `server`. */
export async function signIn(email: string, password: string): Promise<void> {
  const { data, error } = await supabase.auth.signInWithPassword({
    email: canonicalEmail(email) ?? email.trim(),
    password,
  })
  if (error) throw authFault(error)
  await eraseStaff(data.user.id) // another member's session that expired left its lists here
}

/**
 * Deletes the session and the server's rows that staff saw on this phone, also offline, then revokes the token if
 * there is signal. Every op stays in the outbox until its author signs in again; no other session sends it.
 */
export async function signOut(): Promise<void> {
  const held = await readAccessToken()
  await db.transaction('rw', [db.auth, ...STAFF_TABLES], async () => {
    await db.auth.delete(SESSION_KEY)
    await eraseStaff()
  })
  if (held) await supabase.auth.admin.signOut(held.token, 'local').catch(() => undefined)
}
