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
import { refresh, signIn, signOut, userOfSession } from './authStore'
import { callerOf, createThrottle, type Throttle } from './authThrottle'
import { createUser } from './authUsers'
import { json } from './http'
import { withTransaction } from './pool'
import type { Caller, Tokens } from './tokens'

interface AuthCall {
  pool: pg.Pool
  tokens: Tokens
  throttle: Throttle
  request: Request
  query: URLSearchParams
  caller: Caller | Response
}

/** By method and path. */
const ROUTES: Readonly<Record<string, (call: AuthCall) => Promise<Response> | Response>> = {
  'GET /settings': () => json(200, SETTINGS),
  'POST /token': token,
  'GET /user': ({ pool, tokens, request }) =>
    withSession(tokens, request, async ({ user, session }) => {
      const row = await userOfSession(pool, user, session)
      return row ? json(200, publicUser(row)) : refuseSession()
    }),
  'PUT /user': ({ pool, tokens, request }) =>
    withSession(tokens, request, (call) => changePassword(pool, call)),
  'POST /recover': ({ pool, request }) => recover(pool, request),
  'POST /verify': ({ pool, tokens, request }) => verifyRecovery(pool, tokens, request),
  'POST /logout': ({ pool, tokens, request, query }) =>
    withSession(tokens, request, async ({ user, session }) => {
      await signOut(pool, user, session, query.get('scope') ?? 'global')
      return new Response(null, { status: 204 })
    }),
  'POST /admin/users': async ({ pool, request, caller }) =>
    caller instanceof Response || caller.role !== 'service_role'
      ? fail(403, 'not_admin', 'User not allowed')
      : await makeUser(pool, await bodyOf(request)),
  'POST /signup': () => fail(422, 'signup_disabled', 'Signups not allowed for this instance'),
}

/** Serves sign-in on a pool of `postgres`, which may read the tables of Auth. */
export function createAuth(pool: pg.Pool, tokens: Tokens): (request: Request) => Promise<Response> {
  const throttle = createThrottle()
  return async (request) => {
    const { pathname, searchParams: query } = new URL(request.url)
    const path = pathname.replace('/auth/v1', '')
    const route = `${request.method} ${path}`
    if (route === 'GET /health')
      return json(200, { name: 'GoTrue', version: 'convoca-local', description: 'Embedded' })
    const caller = await tokens.identify(request)
    if (caller instanceof Response && !caller.headers.has('www-authenticate')) return caller // a bad token is refused below, as GoTrue does
    const factors = /^\/factors(\/.*)?$/u.exec(path)
    if (factors)
      return await withSession(tokens, request, (call) =>
        serveFactors(pool, throttle, call, factors[1] ?? ''),
      )
    const answer = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined
    return (
      (await answer?.({ pool, tokens, throttle, request, query, caller })) ??
      fail(404, 'not_found', 'Not found')
    )
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

async function token({ pool, tokens, throttle, request, query }: AuthCall): Promise<Response> {
  const grant = query.get('grant_type')
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
  return typeof result === 'string' ? REFUSED[result]() : await sessionAnswer(tokens, result)
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
