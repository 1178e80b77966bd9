/**
 * The staff session on this phone, read from the table `auth`, where supabase-js keeps it (`client.ts`). Page and
 * service worker read it; only supabase-js renews it.
 */
import { db } from '../db'
import { serverNow } from '../serverClock'

/** The row of table `auth` that holds the session, as JSON text. */
export const SESSION_KEY = 'convoca-staff'

/** A token is not used in its last seconds, because it could expire before it reaches the server. */
const MARGIN_MS = 30_000

export interface StoredSession {
  token: string
  user_id: string
  email: string
  /** By the server's clock. */
  expires_at: Date
}

/** Parses the session that supabase-js wrote; null when it is absent or not a session. */
export function parseSession(text: string | undefined): StoredSession | null {
  if (!text) return null
  try {
    const stored = JSON.parse(text) as {
      access_token?: unknown
      expires_at?: unknown
      user?: { id?: unknown; email?: unknown } | null
    }
    const { access_token: token, expires_at: seconds, user } = stored
    if (typeof token !== 'string' || typeof seconds !== 'number' || typeof user?.id !== 'string') return null
    const email = typeof user.email === 'string' ? user.email : ''
    return { token, user_id: user.id, email, expires_at: new Date(seconds * 1000) }
  } catch {
    return null
  }
}

/** The session on this phone, expired or not; null when nobody is signed in. */
export const readSession = async (): Promise<StoredSession | null> =>
  parseSession((await db.auth.get(SESSION_KEY))?.value)

/** A valid token with its owner's user id; null when nobody is signed in or the token has expired. */
export async function readAccessToken(): Promise<{ token: string; user_id: string } | null> {
  const session = await readSession()
  if (!session || session.expires_at.getTime() - MARGIN_MS <= serverNow().getTime()) return null
  return { token: session.token, user_id: session.user_id }
}
