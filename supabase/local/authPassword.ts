/** Passwords in GoTrue's dialect: changing one, and recovering an account by a letter. */
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { refusePassword } from '../functions/_shared/passwords'
import {
  bodyOf,
  fail,
  publicUser,
  refuseSession,
  type SessionCall,
  sessionAnswer,
  textOf,
} from './authAnswers'
import { openSession, userOfSession } from './authStore'
import { isPassword, setPassword } from './authUsers'
import { json } from './http'
import { withTransaction } from './pool'
import type { Tokens } from './tokens'

const RECOVERY_MINUTES = 60
/** One letter a minute for an account, as GoTrue's default; more calls answer alike and send nothing. */
const LETTER_SECONDS = 60
/** The answer to a recovery comes after this time, whether or not the address has an account. */
const RECOVERY_MS = 250

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** What others know of the user: the name on the staff, and the institution's. */
async function knownOf(client: pg.ClientBase, user: string): Promise<string> {
  const { rows } = await client.query<{ known: string }>(
    "select concat_ws(' ', app.staff_name($1), (select i.name || ' ' || i.short_name from app.institution i)) as known",
    [user],
  )
  return rows[0]!.known
}

/** `PUT /user` with a new password: ends the user's other sessions. */
export const changePassword = (pool: pg.Pool, call: SessionCall): Promise<Response> =>
  withTransaction(pool, async (client) => {
    const user = await userOfSession(client, call.user, call.session)
    if (!user) return refuseSession()
    const password = textOf(await bodyOf(call.request), 'password')
    const reason = refusePassword(password, [user.email, await knownOf(client, call.user)])
    if (reason)
      return json(422, {
        code: 422,
        error_code: 'weak_password',
        msg: 'Password is known to be weak and easy to guess, please choose a different one.',
        weak_password: { reasons: [reason === 'password_too_short' ? 'length' : 'pwned'] },
      })
    const { rows } = await client.query<{ aal: string }>('select aal from auth.sessions where id = $1', [
      call.session,
    ])
    const hasFactor = (user.factors as { status: string }[]).some(({ status }) => status === 'verified')
    if (hasFactor && rows[0]?.aal !== 'aal2')
      return fail(
        401,
        'insufficient_aal',
        'AAL2 session is required to update email or password when MFA is enabled.',
      )
    if (await isPassword(client, call.user, password))
      return fail(422, 'same_password', 'New password should be different from the old password.')
    await setPassword(client, call.user, password)
    await client.query('delete from auth.sessions where user_id = $1 and id <> $2', [call.user, call.session])
    return json(200, publicUser({ ...user, updated_at: new Date().toISOString() }))
  })

/** `POST /recover`: sends a letter with a link that works once. Answers alike for every address, after the same time. */
export async function recover(pool: pg.Pool, request: Request): Promise<Response> {
  const email = textOf(await bodyOf(request), 'email')
  if (!email) return fail(400, 'validation_failed', 'Password recovery requires an email')
  await Promise.all([sendRecovery(pool, email), wait(RECOVERY_MS)])
  return json(200, {})
}

const sendRecovery = (pool: pg.Pool, email: string): Promise<void> =>
  withTransaction(pool, async (client) => {
    const token = randomBytes(24).toString('hex')
    const { rows } = await client.query<{ id: string; email: string }>(
      `update auth.users set recovery_token = $2, recovery_sent_at = now()
       where email = lower($1) and deleted_at is null
         and coalesce(recovery_sent_at < now() - make_interval(secs => $3), true) returning id, email`,
      [email, hashOf(token), LETTER_SECONDS],
    )
    const user = rows[0]
    if (!user) return
    await client.query("select app.queue_mail($1, $2, $3, now(), p_class => 'asked')", [
      user.email,
      'Elige una contraseña nueva',
      `Alguien pidió cambiar la contraseña de tu cuenta del equipo.\n\nAbre este enlace para elegir otra:\n` +
        `{{app}}/equipo/contrasena#${token}\n\nVale una hora y sirve una sola vez. No lo reenvíes. ` +
        'Si no lo pediste, no hagas nada: tu contraseña sigue igual.',
    ])
  })

/** `POST /verify` with the token of a recovery letter: opens a session, at AAL1. */
export async function verifyRecovery(pool: pg.Pool, tokens: Tokens, request: Request): Promise<Response> {
  const body = await bodyOf(request)
  if (body['type'] !== 'recovery')
    return fail(400, 'validation_failed', 'Verify requires a verification type')
  const session = await withTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `update auth.users set recovery_token = '' where recovery_token = $1 and deleted_at is null
         and (banned_until is null or banned_until < now())
         and recovery_sent_at > now() - make_interval(mins => $2) returning id`,
      [hashOf(textOf(body, 'token_hash')), RECOVERY_MINUTES],
    )
    return rows[0] ? await openSession(client, rows[0].id, 'otp') : null
  })
  return session
    ? await sessionAnswer(tokens, session)
    : fail(403, 'otp_expired', 'Email link is invalid or has expired')
}
