/** The signed-in member's own account at Supabase Auth: second factor, password, sessions. Load it lazily. */
import type { AuthError } from '@supabase/supabase-js'
import { Fault } from '@/domain/fault'
import type { MySession } from '@/domain/people'
import { SUPABASE_KEY, SUPABASE_URL } from '../config'
import { exchange } from '../rpc'
import { answerOf, authFault, supabase } from './client'
import { eraseStaff } from './keptItems'

/** A factor that is being set up: its secret, to type, and the address that a QR code carries. */
export interface NewFactor {
  id: string
  secret: string
  uri: string
}

/** The data of a call to Supabase Auth. Faults as `authFault`. */
async function held<D>(call: PromiseLike<{ data: D; error: AuthError | null }>): Promise<NonNullable<D>> {
  const { data, error } = await call
  if (error || !data) throw error ? authFault(error) : new Fault('server', true)
  return data as NonNullable<D>
}

/** What the session lacks. Faults as `answerOf`; `auth` when the session has ended. */
export const readMySession = (): Promise<MySession> => answerOf(supabase.rpc('my_session'))

/** Begins to set up a second factor, in place of one that was begun and never verified. */
export async function beginFactor(issuer: string): Promise<NewFactor> {
  const { all } = await held(supabase.auth.mfa.listFactors())
  for (const { id, status } of all)
    if (status === 'unverified') await held(supabase.auth.mfa.unenroll({ factorId: id }))
  const friendlyName = new Date().toISOString() // Supabase Auth demands different names
  const { id, totp } = await held(supabase.auth.mfa.enroll({ factorType: 'totp', issuer, friendlyName }))
  return { id, secret: totp.secret, uri: totp.uri }
}

/**
 * Gives the code of a factor: of this one, or of the member's only verified one. The session carries the factor from then
 * on, and sessions without it end. Fault `code_wrong`.
 */
export async function giveCode(code: string, factor?: string): Promise<void> {
  const factorId = factor ?? (await held(supabase.auth.mfa.listFactors())).totp[0]?.id
  if (!factorId) throw new Fault('code_wrong', false)
  await held(supabase.auth.mfa.challengeAndVerify({ factorId, code: code.replaceAll(/\s/gu, '') }))
}

/** Gives a recovery code, which removes the lost factor. Fault `code_wrong`. */
export async function giveRecoveryCode(code: string): Promise<void> {
  const { accepted } = await answerOf(supabase.rpc('use_recovery_code', { p_code: code }))
  if (!accepted) throw new Fault('code_wrong', false)
  await supabase.auth.refreshSession() // the stored user still names the factor
}

/**
 * Whether this is the member's password. The session that proves it ends at once. Faults: `attempts_too_many`, `offline`,
 * `server`.
 */
async function isPassword(email: string, password: string): Promise<boolean> {
  const { response, body } = await exchange(
    `${SUPABASE_URL}/auth/v1/token?grant_type=password`,
    {
      method: 'POST',
      headers: { apikey: SUPABASE_KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    },
    {},
  )
  if (response.status === 429) throw new Fault('attempts_too_many', false)
  if (response.status >= 500) throw new Fault('server', true)
  const token = response.ok ? (body as { access_token?: string } | null)?.access_token : undefined
  if (token) await supabase.auth.admin.signOut(token, 'local').catch(() => undefined)
  return !!token
}

/** Changes the password and ends the member's other sessions. Fault `auth_invalid_credentials` for a wrong present one. */
export async function changePassword(email: string, present: string, next: string): Promise<void> {
  if (!(await isPassword(email, present))) throw new Fault('auth_invalid_credentials', false)
  await setPassword(next)
}

/** Sets the password of a session that a recovery letter opened. Faults: `password_weak`, `password_same`, `auth`. */
export const setPassword = async (password: string): Promise<void> =>
  void (await held<object>(supabase.auth.updateUser({ password })))

/** Asks for a recovery letter. Says nothing of whether the address has an account. */
export const askRecovery = async (email: string): Promise<void> =>
  void (await held(supabase.auth.resetPasswordForEmail(email.trim())))

/** Opens a session with the token of a recovery letter, which works once. Fault `link_expired`. */
export async function openRecovery(token: string): Promise<void> {
  const { user } = await held(supabase.auth.verifyOtp({ type: 'recovery', token_hash: token }))
  if (user) await eraseStaff(user.id)
}

/** Ends the member's sessions on other devices. */
export async function signOutOthers(): Promise<void> {
  const { error } = await supabase.auth.signOut({ scope: 'others' })
  if (error) throw authFault(error)
}
