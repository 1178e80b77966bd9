/**
 * `/auth/v1` in GoTrue's dialect, as far as staff need it: sign in by password and second factor, refresh, recover and
 * change a password, sign out, and create a user with the secret key. Nobody signs up: staff are seeded or invited.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import {
  bodyOf,
  fail,
  publicUser,
  refuseRate,
  refuseSession,
  sessionAnswer,
  textOf,
  withSession,
} from './authAnswers'
import { serveFactors } from './authFactors'
import { changePassword, recover, verifyRecovery } from './authPassword'
import { type Issued, refresh, signIn, signOut, userOfSession } from './authStore'
import { callerOf, createThrottle, type Throttle } from './authThrottle'
import { createUser } from './authUsers'
import { json } from './http'
import { withTransaction } from './pool'
import { identify } from './tokens'

/** Serves sign-in on a pool of `postgres`, which may read the tables of Auth. */
export function createAuth(pool: pg.Pool): (request: Request) => Promise<Response> {
  const throttle = createThrottle()
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url)
    const path = pathname.replace('/auth/v1', '')
    const route = `${request.method} ${path}`
    if (route === 'GET /health')
      return json(200, { name: 'GoTrue', version: 'convoca-local', description: 'Embedded' })
    const caller = await identify(request)
    if (caller instanceof Response && !caller.headers.has('www-authenticate')) return caller // a bad token is refused below, as GoTrue does
    if (path === '/factors' || path.startsWith('/factors/'))
      return await withSession(request, (call) =>
        serveFactors(pool, throttle, call, path.slice('/factors'.length)),
      )
    switch (route) {
      case 'GET /settings':
        return json(200, SETTINGS)
      case 'POST /token':
        return await token(pool, throttle, searchParams.get('grant_type'), request)
      case 'GET /user':
        return await withSession(request, async ({ user, session }) => {
          const row = await userOfSession(pool, user, session)
          return row ? json(200, publicUser(row)) : refuseSession()
        })
      case 'PUT /user':
        return await withSession(request, (call) => changePassword(pool, call))
      case 'POST /recover':
        return await recover(pool, request)
      case 'POST /verify':
        return await verifyRecovery(pool, request)
      case 'POST /logout':
        return await withSession(request, async ({ user, session }) => {
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

async function token(
  pool: pg.Pool,
  throttle: Throttle,
  grant: string | null,
  request: Request,
): Promise<Response> {
  const body = await bodyOf(request)
  const account = textOf(body, 'email')
  const caller = callerOf(request)
  const isPassword = grant === 'password'
  if (isPassword && !throttle.admits(account, caller)) return refuseRate()
  const result = await withTransaction(pool, async (client) =>
    isPassword
      ? ((await signIn(client, account, textOf(body, 'password'))) ?? 'invalid')
      : grant === 'refresh_token'
        ? await refresh(client, textOf(body, 'refresh_token'))
        : 'unsupported',
  ) // commits refusals too: a reused old token has ended its session
  if (isPassword) throttle[typeof result === 'string' ? 'failed' : 'succeeded'](account, caller)
  return typeof result === 'string' ? REFUSED[result]() : await answerWith(result, request)
}

const answerWith = (session: Issued, request: Request) => sessionAnswer(session, new URL(request.url).origin)

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
