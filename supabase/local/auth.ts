/**
 * `/auth/v1` in GoTrue's dialect, as far as staff need it: sign in by password, refresh, read the user, sign out,
 * and create a user with the secret key. Nobody signs up: staff are seeded or invited.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { createUser, type Issued, refresh, signIn, signOut, type UserRow, userOfSession } from './authStore'
import { json } from './http'
import { withTransaction } from './pool'
import { bearerOf, TOKEN_SECONDS, type Tokens } from './tokens'

/** Serves sign-in on a pool of `postgres`, which may read the tables of Auth. */
export function createAuth(pool: pg.Pool, tokens: Tokens): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, searchParams, origin } = new URL(request.url)
    const route = `${request.method} ${pathname.replace('/auth/v1', '')}`
    if (route === 'GET /health')
      return json(200, { name: 'GoTrue', version: 'convoca-local', description: 'Embedded' })
    const caller = await tokens.identify(request)
    if (caller instanceof Response && !caller.headers.has('www-authenticate')) return caller // a bad token is refused below, as GoTrue does
    switch (route) {
      case 'GET /settings':
        return json(200, SETTINGS)
      case 'POST /token':
        return await token(pool, tokens, searchParams.get('grant_type'), await bodyOf(request), origin)
      case 'GET /user':
        return await withSession(tokens, request, async (user, session) => {
          const row = await userOfSession(pool, user, session)
          return row ? json(200, publicUser(row)) : refuseSession()
        })
      case 'POST /logout':
        return await withSession(tokens, request, async (user, session) => {
          await signOut(pool, user, session, searchParams.get('scope') ?? 'global')
          return new Response(null, { status: 204 })
        })
      case 'POST /admin/users':
        if (caller instanceof Response || caller.role !== 'service_role')
          return fail(403, 'not_admin', 'User not allowed')
        return await makeUser(pool, await bodyOf(request))
      case 'POST /signup':
        return fail(422, 'signup_disabled', 'Signups not allowed for this instance')
      default:
        return fail(404, 'not_found', 'Not found')
    }
  }
}

const SETTINGS = {
  external: { email: true, phone: false, anonymous_users: false },
  disable_signup: true,
  mailer_autoconfirm: false,
  phone_autoconfirm: false,
  sms_provider: '',
  saml_enabled: false,
}

const fail = (status: number, error_code: string, msg: string) =>
  json(status, { code: status, error_code, msg })
const refuseSession = () =>
  fail(403, 'session_not_found', 'Session from session_id claim in JWT does not exist')

async function token(
  pool: pg.Pool,
  tokens: Tokens,
  grant: string | null,
  body: Record<string, unknown>,
  origin: string,
): Promise<Response> {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '')
  const result = await withTransaction(pool, async (client) =>
    grant === 'password'
      ? ((await signIn(client, text('email'), text('password'))) ?? 'invalid')
      : grant === 'refresh_token'
        ? await refresh(client, text('refresh_token'))
        : 'unsupported',
  ) // commits refusals too: a reused old token has ended its session
  return typeof result === 'string' ? REFUSED[result]() : json(200, await sessionOf(tokens, result, origin))
}

/** GoTrue's admin endpoint, for the fields that our clients send. */
async function makeUser(pool: pg.Pool, body: Record<string, unknown>): Promise<Response> {
  const { email, password, email_confirm, user_metadata } = body
  if (typeof email !== 'string' || !email)
    return fail(400, 'validation_failed', 'Cannot create a user without either an email or phone')
  const isText = typeof password === 'string' && password !== ''
  const metadata = typeof user_metadata === 'object' && user_metadata !== null ? user_metadata : {}
  const user = await withTransaction(pool, (client) =>
    createUser(client, {
      email,
      password: isText ? password : randomUUID(),
      isConfirmed: email_confirm === true,
      metadata,
    }),
  )
  return user
    ? json(200, publicUser(user))
    : fail(422, 'email_exists', 'A user with this email address has already been registered')
}

const REFUSED = {
  invalid: () => fail(400, 'invalid_credentials', 'Invalid login credentials'),
  unknown: () => fail(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found'),
  already_used: () => fail(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used'),
  unsupported: () => fail(400, 'invalid_credentials', 'unsupported_grant_type'),
}

async function sessionOf(
  tokens: Tokens,
  { user, session, refreshToken, signedInAt }: Issued,
  origin: string,
): Promise<object> {
  const now = Math.floor(Date.now() / 1000)
  const shown = publicUser(user)
  const access_token = await tokens.sign({
    iss: `${origin}/auth/v1`,
    sub: user.id,
    aud: 'authenticated',
    iat: now,
    exp: now + TOKEN_SECONDS,
    email: user.email,
    phone: '',
    app_metadata: shown.app_metadata,
    user_metadata: shown.user_metadata,
    role: 'authenticated',
    aal: 'aal1',
    amr: [{ method: 'password', timestamp: signedInAt }],
    session_id: session,
    is_anonymous: false,
  })
  return {
    access_token,
    token_type: 'bearer',
    expires_in: TOKEN_SECONDS,
    expires_at: now + TOKEN_SECONDS,
    refresh_token: refreshToken,
    user: shown,
    weak_password: null,
  }
}

const publicUser = (row: UserRow) => ({
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
  created_at: row.created_at,
  updated_at: row.updated_at,
  is_anonymous: false,
})

async function withSession(
  tokens: Tokens,
  request: Request,
  work: (user: string, session: string) => Promise<Response>,
): Promise<Response> {
  const bearer = bearerOf(request)
  if (!bearer) return fail(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  const read = await tokens.read(bearer)
  if ('expired' in read)
    return fail(403, 'bad_jwt', `invalid JWT: ${read.expired ? 'token is expired' : 'unable to verify'}`)
  const { sub, session_id: session } = read.claims
  if (!sub || typeof session !== 'string') return fail(403, 'bad_jwt', 'invalid claim: missing sub claim')
  return await work(sub, session)
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await request.json()
    return typeof body === 'object' && body !== null ? { ...body } : {}
  } catch {
    return {}
  }
}
