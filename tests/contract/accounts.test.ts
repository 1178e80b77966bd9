/** Second factors, passwords and recovery, as the app asks them of Supabase Auth through supabase-js. */
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { codeAt } from '../../supabase/local/totp'
import { anonymous, call, type Client, service, signedIn } from './clients'

const newPassword = () => randomBytes(12).toString('base64url')

async function newUser() {
  const login = { email: `${randomUUID()}@contrato.example`, password: newPassword() }
  const { error } = await service().auth.admin.createUser({ ...login, email_confirm: true })
  if (error) throw error
  return login
}

async function enrol(client: Client) {
  const { data, error } = await client.auth.mfa.enroll({ factorType: 'totp', issuer: 'Instituto de prueba' })
  if (error) throw error
  return { factorId: data.id, ...data.totp }
}

const verify = (client: Client, factorId: string, code: string) =>
  client.auth.mfa.challengeAndVerify({ factorId, code })

/** A member with a verified factor, and the client that enrolled it. */
async function withFactor() {
  const login = await newUser()
  const client = await signedIn(login)
  const { factorId, secret } = await enrol(client)
  const { error } = await verify(client, factorId, codeAt(secret, Date.now()))
  if (error) throw error
  return { login, client, factorId, secret }
}

const levelOf = async (client: Client) => (await client.auth.mfa.getAuthenticatorAssuranceLevel()).data

describe('the second factor', () => {
  test('enrolling shows a QR code and a secret, and a right code lifts the session', async () => {
    const client = await signedIn(await newUser())
    const { factorId, secret, qr_code, uri } = await enrol(client)
    expect(qr_code).toMatch(/^data:image\/svg\+xml;utf-8,.*<svg/su)
    expect(uri).toContain(`secret=${secret}`)
    expect((await client.rpc('my_session')).data).toMatchObject({ step: 'ready', has_factor: false })

    const wrong = await verify(client, factorId, '000000')
    expect(wrong.error).toMatchObject({ status: 422, code: 'mfa_verification_failed' })
    expect((await verify(client, factorId, codeAt(secret, Date.now()))).error).toBeNull()
    expect(await levelOf(client)).toMatchObject({ currentLevel: 'aal2', nextLevel: 'aal2' })
    expect((await client.rpc('my_session')).data).toMatchObject({ has_factor: true, codes_left: 0 })
  })

  test('after the next sign-in the session lacks the factor until its code is given', async () => {
    const { login, secret } = await withFactor()
    const client = await signedIn(login)
    expect(await levelOf(client)).toMatchObject({ currentLevel: 'aal1', nextLevel: 'aal2' })
    const { data } = await client.auth.mfa.listFactors()
    expect(data?.totp).toHaveLength(1)
    const again = await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'otro' })
    expect(again.error).toMatchObject({ status: 403, code: 'insufficient_aal' })
    expect((await verify(client, data!.totp[0]!.id, codeAt(secret, Date.now()))).error).toBeNull()
    expect((await client.auth.refreshSession()).error).toBeNull()
    expect(await levelOf(client)).toMatchObject({ currentLevel: 'aal2' })
  })

  test('verifying a factor ends the sessions without one', async () => {
    const login = await newUser()
    const [client, other] = [await signedIn(login), await signedIn(login)]
    const { factorId, secret } = await enrol(client)
    await verify(client, factorId, codeAt(secret, Date.now()))
    expect((await other.auth.getUser()).error).not.toBeNull()
    expect((await client.auth.getUser()).error).toBeNull()
  })

  test('a session without the factor cannot remove it or change the password', async () => {
    const { login, client, factorId } = await withFactor()
    const weak = await signedIn(login)
    expect((await weak.auth.mfa.unenroll({ factorId })).error).toMatchObject({ code: 'insufficient_aal' })
    const { error } = await weak.auth.updateUser({ password: newPassword() })
    expect(error).toMatchObject({ status: 401, code: 'insufficient_aal' })
    expect((await client.auth.mfa.unenroll({ factorId })).error).toBeNull()
  })

  test('a recovery code takes the place of a lost factor once', async () => {
    const { login, client } = await withFactor()
    const { codes } = (await client.rpc('make_recovery_codes')).data!
    expect(new Set(codes).size).toBe(10)
    const lost = await signedIn(login)
    expect((await lost.rpc('my_session')).data).toMatchObject({ step: 'verify', codes_left: 10 })
    const typed = codes[0]!.toUpperCase().replaceAll('-', ' ')
    expect((await lost.rpc('use_recovery_code', { p_code: typed })).data).toEqual({ accepted: true })
    expect((await lost.rpc('use_recovery_code', { p_code: typed })).data).toEqual({ accepted: false })
    expect((await lost.rpc('my_session')).data).toMatchObject({
      step: 'ready',
      has_factor: false,
      codes_left: 9,
    })
    expect((await client.rpc('my_session')).error).toMatchObject({ code: 'PT401', message: 'session_ended' })
  })
})

describe('passwords', () => {
  test('a new password ends the other sessions and opens the next one', async () => {
    const login = await newUser()
    const [client, other] = [await signedIn(login), await signedIn(login)]
    const password = newPassword()
    expect((await client.auth.updateUser({ password })).error).toBeNull()
    expect((await other.auth.getUser()).error).not.toBeNull()
    expect((await anonymous().auth.signInWithPassword(login)).error).toMatchObject({ status: 400 })
    expect((await anonymous().auth.signInWithPassword({ ...login, password })).error).toBeNull()
  })

  test('a short password and the present one are refused', async () => {
    const login = await newUser()
    const client = await signedIn(login)
    const short = await client.auth.updateUser({ password: 'corta' })
    expect(short.error).toMatchObject({ status: 422, code: 'weak_password' })
    const same = await client.auth.updateUser({ password: login.password })
    expect(same.error).toMatchObject({ status: 422, code: 'same_password' })
  })

  test('recovery answers alike for known and unknown addresses', async () => {
    const { email } = await newUser()
    const answer = async (address: string) => {
      const response = await call('/auth/v1/recover', {
        method: 'POST',
        body: JSON.stringify({ email: address }),
      })
      return [response.status, await response.text()]
    }
    expect(await answer(email)).toEqual([200, '{}'])
    expect(await answer(`${randomUUID()}@contrato.example`)).toEqual([200, '{}'])
  })

  test('a link that nobody was sent opens nothing', async () => {
    const { error } = await anonymous().auth.verifyOtp({ type: 'recovery', token_hash: 'a'.repeat(48) })
    expect(error).toMatchObject({ status: 403, code: 'otp_expired' })
  })
})
