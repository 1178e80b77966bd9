import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { anonymous, call, service, signedIn } from './clients'

const newEmail = () => `${randomUUID()}@contrato.example`
const password = 'cuatro palabras sin relación'

describe('creating users with the secret key', () => {
  test('a created user can sign in at once, and a second user with the same address is refused', async () => {
    const email = newEmail()
    const { data, error } = await service().auth.admin.createUser({ email, password, email_confirm: true })
    expect(error).toBeNull()
    expect(data.user).toMatchObject({
      email,
      aud: 'authenticated',
      role: 'authenticated',
      app_metadata: { provider: 'email', providers: ['email'] },
    })
    expect(data.user?.email_confirmed_at).toBeTruthy()
    const session = await anonymous().auth.signInWithPassword({ email: email.toUpperCase(), password })
    expect(session.data.user?.id).toBe(data.user?.id)
    const again = await service().auth.admin.createUser({ email, password, email_confirm: true })
    expect(again.error).toMatchObject({ status: 422, code: 'email_exists' })
  })

  test('a user without an address is refused', async () => {
    const { error } = await service().auth.admin.createUser({ password } as never)
    expect(error).toMatchObject({ status: 400, code: 'validation_failed' })
  })

  test('only the secret key can create users', async () => {
    for (const client of [anonymous(), await signedIn()]) {
      const { error } = await client.auth.admin.createUser({ email: newEmail(), password })
      expect([401, 403]).toContain(error?.status)
    }
  })
})

describe('the function accept-invitation', () => {
  const accept = async (body: unknown) => {
    const response = await call('/functions/v1/accept-invitation', {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }

  test('accept-invitation answers an invalid request with an error in PostgREST’s form', async () => {
    expect(await accept({ token: 'ninguna', password })).toEqual({
      status: 404,
      body: expect.objectContaining({ code: 'PT404', message: 'invitation_unknown' }),
    })
    expect(await accept({ token: 1 })).toMatchObject({ status: 400, body: { message: 'malformed_op' } })
    expect(await accept(null)).toMatchObject({ status: 400 })
  })

  test('a person without an account accepts an invitation with a password and gets the role', async () => {
    const email = newEmail()
    const client = await signedIn(ADMIN)
    const { error } = await client.rpc('invite_staff', { p_email: email, p_name: 'Ana', p_role: 'auditor' })
    expect(error).toBeNull()
    const token = await tokenOf(email)
    expect(await accept({ token, password: 'corta' })).toMatchObject({
      body: { message: 'password_too_short' },
    })
    expect(await accept({ token, password: 'ñ'.repeat(40) })).toMatchObject({
      body: { message: 'password_too_long' },
    })
    expect(await accept({ token, password })).toEqual({ status: 200, body: { role: 'auditor', email } })
    expect(await accept({ token, password })).toMatchObject({
      status: 409,
      body: { message: 'account_exists' },
    })
    const member = await signedIn({ email, password })
    expect((await member.rpc('staff_me')).data).toMatchObject({ name: 'Ana', roles: [{ role: 'auditor' }] })
  })

  test('a person with an account signs in and accepts an invitation', async () => {
    const email = newEmail()
    await service().auth.admin.createUser({ email, password, email_confirm: true })
    const client = await signedIn(ADMIN)
    await client.rpc('invite_staff', { p_email: email, p_name: 'Luis', p_role: 'door' })
    const token = await tokenOf(email)
    expect(await accept({ token, password })).toMatchObject({
      status: 409,
      body: { message: 'account_exists' },
    })
    const member = await signedIn({ email, password })
    expect((await member.rpc('accept_invitation', { p_token: token })).data).toEqual({ role: 'door' })
  })

  test('accept-invitation allows requests from another origin', async () => {
    const response = await call('/functions/v1/accept-invitation', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://participa.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'apikey,content-type',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toMatch(/apikey/u)
  })
})

/** The administrator of the seed. */
const ADMIN = { email: 'administracion@demo.example', password: 'administracion-demo' }

/** The token from the letter, taken from the queue with the secret key as the mail function does. */
async function tokenOf(email: string): Promise<string> {
  const { data } = await service().rpc('take_mail', { p_limit: 100 })
  const letter = data?.find(({ to }) => to === email) ?? (await inInbox(email))
  return /\/equipo\/invitacion#([\w-]+)/u.exec(letter?.body ?? '')?.[1] ?? ''
}

/** The letter in the embedded backend's inbox, if the backend's own timer sent it first. */
async function inInbox(email: string): Promise<{ body: string } | undefined> {
  const response = await call(`/__inbox.json?to=${encodeURIComponent(email)}`)
  return response.ok ? ((await response.json()) as { body: string }[])[0] : undefined
}
