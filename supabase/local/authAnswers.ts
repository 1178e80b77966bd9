/** The answers of `/auth/v1` in GoTrue's shapes. */
import type { Issued } from './authStore'
import type { UserRow } from './authUsers'
import { json } from './http'
import { bearerOf, TOKEN_SECONDS, type Tokens } from './tokens'

/** Who issued a token, for people who read one. Nothing that a request says of its host gets into what is signed. */
const ISSUER = 'convoca-local/auth/v1'

export const fail = (status: number, error_code: string, msg: string) =>
  json(status, { code: status, error_code, msg })

export const refuseSession = () =>
  fail(403, 'session_not_found', 'Session from session_id claim in JWT does not exist')

export const refuseRate = () => fail(429, 'over_request_rate_limit', 'Request rate limit reached')

export async function sessionAnswer(
  tokens: Tokens,
  { user, session, refreshToken, aal, amr }: Issued,
): Promise<Response> {
  const now = Math.floor(Date.now() / 1000)
  const shown = publicUser(user)
  const access_token = await tokens.sign({
    iss: ISSUER,
    sub: user.id,
    aud: 'authenticated',
    iat: now,
    exp: now + TOKEN_SECONDS,
    email: user.email,
    phone: '',
    app_metadata: shown.app_metadata,
    user_metadata: shown.user_metadata,
    role: 'authenticated',
    aal,
    amr,
    session_id: session,
    is_anonymous: false,
  })
  return json(200, {
    access_token,
    token_type: 'bearer',
    expires_in: TOKEN_SECONDS,
    expires_at: now + TOKEN_SECONDS,
    refresh_token: refreshToken,
    user: shown,
    weak_password: null,
  })
}

export const publicUser = (row: UserRow) => ({
  id: row.id,
  aud: 'authenticated',
  role: 'authenticated',
  email: row.email,
  email_confirmed_at: row.email_confirmed_at,
  phone: '',
  confirmed_at: row.email_confirmed_at,
  last_sign_in_at: row.last_sign_in_at,
  app_metadata: row.raw_app_meta_data ?? { provider: 'email', providers: ['email'] },
  user_metadata: row.raw_user_meta_data ?? {},
  identities: [],
  ...(row.factors.length > 0 && { factors: row.factors }),
  created_at: row.created_at,
  updated_at: row.updated_at,
  is_anonymous: false,
})

export interface SessionCall {
  tokens: Tokens
  user: string
  session: string
  request: Request
}

/** Calls `work` with the user and the session of a valid token. */
export async function withSession(
  tokens: Tokens,
  request: Request,
  work: (call: SessionCall) => Promise<Response>,
): Promise<Response> {
  const bearer = bearerOf(request)
  if (!bearer) return fail(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  const read = await tokens.read(bearer)
  if ('expired' in read)
    return fail(403, 'bad_jwt', `invalid JWT: ${read.expired ? 'token is expired' : 'unable to verify'}`)
  const { sub, session_id: session } = read.claims
  if (!sub || typeof session !== 'string') return fail(403, 'bad_jwt', 'invalid claim: missing sub claim')
  return await work({ tokens, user: sub, session, request })
}

/** The JSON of a call, `{}` when it is none. A text with a NUL, which Postgres cannot store, is left out as if absent. */
export async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await request.json()
    const fields = typeof body === 'object' && body !== null ? Object.entries(body) : []
    return Object.fromEntries(
      fields.filter(([, value]) => typeof value !== 'string' || !value.includes('\0')),
    )
  } catch {
    return {}
  }
}

export const textOf = (body: Record<string, unknown>, name: string): string =>
  typeof body[name] === 'string' ? body[name] : ''
