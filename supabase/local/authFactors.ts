/** Second factors in GoTrue's dialect: TOTP only, as the app uses it. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { renderSVG } from 'uqr'
import {
  bodyOf,
  fail,
  refuseRate,
  refuseSession,
  type SessionCall,
  sessionAnswer,
  textOf,
} from './authAnswers'
import { issued, noteMethod, rotate } from './authStore'
import type { Throttle } from './authThrottle'
import { json } from './http'
import { withTransaction } from './pool'
import { addressOf, isCode, newSecret } from './totp'

/** GoTrue's defaults. */
const MAX_FACTORS = 10
const CHALLENGE_SECONDS = 300

interface Factor {
  id: string
  name: string
  status: 'verified' | 'unverified'
  secret: string
}

interface Held {
  aal: 'aal1' | 'aal2'
  email: string
  factors: Factor[]
}

/** The session's level and its user's factors; null when the session has ended. */
async function heldBy(client: pg.ClientBase, { user, session }: SessionCall): Promise<Held | null> {
  const { rows } = await client.query<Held>(
    `select s.aal, u.email, coalesce((select json_agg(json_build_object('id', f.id, 'name', f.friendly_name, 'status', f.status,
       'secret', f.secret)) from auth.mfa_factors f where f.user_id = u.id), '[]') as factors
     from auth.sessions s join auth.users u on u.id = s.user_id where s.id = $1 and s.user_id = $2`,
    [session, user],
  )
  return rows[0] ?? null
}

const insufficient = (status: number, msg: string) => fail(status, 'insufficient_aal', msg)

async function enrol(client: pg.ClientBase, call: SessionCall, held: Held): Promise<Response> {
  const body = await bodyOf(call.request)
  if (body['factor_type'] !== 'totp')
    return fail(400, 'validation_failed', 'factor_type needs to be totp, phone, or webauthn')
  if (held.factors.length >= MAX_FACTORS)
    return fail(
      422,
      'too_many_enrolled_mfa_factors',
      'Maximum number of verified factors reached, unenroll to continue',
    )
  if (held.factors.some(({ status }) => status === 'verified') && held.aal !== 'aal2')
    return insufficient(403, 'AAL2 required to enroll a new factor')
  const friendly_name = textOf(body, 'friendly_name')
  const issuer = textOf(body, 'issuer') || 'Convoca'
  const id = randomUUID()
  const secret = newSecret()
  if (held.factors.some(({ name }) => name === friendly_name))
    return fail(
      422,
      'mfa_factor_name_conflict',
      'A factor with this friendly name already exists for this user',
    )
  await client.query(
    `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at, secret)
     values ($1, $2, $3, 'totp', 'unverified', now(), now(), $4)`,
    [id, call.user, friendly_name, secret],
  )
  const uri = addressOf(secret, issuer, held.email)
  return json(200, {
    id,
    type: 'totp',
    friendly_name,
    totp: { qr_code: renderSVG(uri, { ecc: 'H' }), secret, uri },
  })
}

async function challenge(client: pg.ClientBase, factor: Factor): Promise<Response> {
  const { rows } = await client.query<{ id: string; expires_at: number }>(
    `insert into auth.mfa_challenges (id, factor_id, created_at, ip_address)
     values (gen_random_uuid(), $1, now(), '127.0.0.1')
     returning id, extract(epoch from created_at)::int + $2 as expires_at`,
    [factor.id, CHALLENGE_SECONDS],
  )
  return json(200, { ...rows[0], type: 'totp' })
}

async function verify(
  client: pg.ClientBase,
  call: SessionCall,
  factor: Factor,
  throttle: Throttle,
): Promise<Response> {
  const body = await bodyOf(call.request)
  const { rowCount } = await client.query(
    `select from auth.mfa_challenges where id::text = $1 and factor_id = $2 and verified_at is null
       and created_at > now() - make_interval(secs => $3)`,
    [textOf(body, 'challenge_id'), factor.id, CHALLENGE_SECONDS],
  )
  if (rowCount === 0)
    return fail(422, 'mfa_challenge_expired', 'MFA challenge has expired, create a new challenge.')
  if (!throttle.admits(factor.id, 'second factor')) return refuseRate()
  if (!isCode(factor.secret, textOf(body, 'code'))) {
    throttle.failed(factor.id, 'second factor')
    return fail(422, 'mfa_verification_failed', 'Invalid TOTP code entered')
  }
  throttle.succeeded(factor.id, 'second factor')
  await raise(client, call, factor, textOf(body, 'challenge_id'))
  const next = await issued(client, call.session, await rotate(client, call.user, call.session))
  return next ? sessionAnswer(call.tokens, next) : refuseSession()
}

/** Lifts the session to AAL2 and ends the user's others that lack it. */
async function raise(
  client: pg.ClientBase,
  { user, session }: SessionCall,
  { id }: Factor,
  challengeId: string,
) {
  await client.query('update auth.mfa_challenges set verified_at = now() where id = $1', [challengeId])
  await client.query("update auth.mfa_factors set status = 'verified', updated_at = now() where id = $1", [
    id,
  ])
  await client.query(
    "update auth.sessions set aal = 'aal2', factor_id = $2, updated_at = now() where id = $1",
    [session, id],
  )
  await noteMethod(client, session, 'totp')
  await client.query("delete from auth.sessions where user_id = $1 and aal < 'aal2'", [user])
  await client.query("delete from auth.mfa_factors where user_id = $1 and status = 'unverified'", [user])
}

async function unenrol(client: pg.ClientBase, held: Held, factor: Factor): Promise<Response> {
  if (factor.status === 'verified' && held.aal !== 'aal2')
    return insufficient(422, 'AAL2 required to unenroll verified factor')
  await client.query('delete from auth.mfa_factors where id = $1', [factor.id])
  await client.query("update auth.sessions set aal = 'aal1', factor_id = null where factor_id = $1", [
    factor.id,
  ])
  return json(200, { id: factor.id })
}

/** Serves `/factors…`; `path` is what follows it, such as `/<id>/verify`. */
export const serveFactors = (pool: pg.Pool, throttle: Throttle, call: SessionCall, path: string) =>
  withTransaction(pool, async (client) => {
    const held = await heldBy(client, call)
    if (!held) return refuseSession()
    const [, id, step = ''] = path.split('/')
    const route = `${call.request.method} ${step}`
    if (!id && route === 'POST ') return await enrol(client, call, held)
    const factor = held.factors.find((one) => one.id === id)
    if (!factor) return fail(404, 'mfa_factor_not_found', 'Factor not found')
    if (route === 'POST challenge') return await challenge(client, factor)
    if (route === 'POST verify') return await verify(client, call, factor, throttle)
    if (route === 'DELETE ') return await unenrol(client, held, factor)
    return fail(404, 'not_found', 'Not found')
  })
