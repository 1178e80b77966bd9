/**
 * The session of a member on this phone, read from table `auth`, where supabase-js stores it (`client.ts`). Page and
 * service worker read it here. Only `client.ts` renews it.
 */
import { db } from '../db'
import { serverNow } from '../serverClock'

/** The row of table `auth` that holds the session, as JSON text. */
export const SESSION_KEY = 'convoca-staff'

/** A token is not used in its last 30 seconds, because it could expire before it arrives. */
const MARGIN_MS = 30_000

export interface StoredSession {
  token: string
  user_id: string
  email: string
  /** By the server's clock. */
  expires_at: Date
}

/** Parses what supabase-js stored, where `expires_at` is in seconds. Null when it is absent or not a session. */
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

/** The session of this phone, expired or not; null when nobody is signed in. */
export const readSession = async (): Promise<StoredSession | null> =>
  parseSession((await db.auth.get(SESSION_KEY))?.value)

/** A valid token with its owner; null when nobody is signed in or the token has expired. */
export async function readAccessToken(): Promise<{ token: string; user_id: string } | null> {
  const session = await readSession()
  if (!session || session.expires_at.getTime() - MARGIN_MS <= serverNow().getTime()) return null
  return { token: session.token, user_id: session.user_id }
}
