import { describe, expect, test } from 'vitest'
import { anonymous, call, service, signedIn, staffLogin, target } from './clients'

describe('signing in', () => {
  test('demo staff sign in and get a token for their user', async () => {
    const client = await signedIn()
    const { data } = await client.auth.getUser()
    expect(data.user?.email).toBe(staffLogin().email)
    expect((await client.rpc('staff_me')).data).toMatchObject({ user_id: data.user?.id })
    const { data: session } = await client.auth.getSession()
    const claims = JSON.parse(
      Buffer.from(session.session!.access_token.split('.')[1]!, 'base64url').toString(),
    )
    expect(claims).toMatchObject({
      role: 'authenticated',
      aud: 'authenticated',
      aal: 'aal1',
      sub: data.user?.id,
    })
    expect(claims.session_id).toEqual(expect.any(String))
    expect(claims.exp - claims.iat).toBe(3600)
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const { email } = staffLogin()
    const wrong = await anonymous().auth.signInWithPassword({ email, password: 'otra contraseña' })
    const unknown = await anonymous().auth.signInWithPassword({
      email: 'nadie@contrato.example',
      password: 'x',
    })
    expect(wrong.error).toMatchObject({ status: 400, code: 'invalid_credentials' })
    expect(unknown.error).toMatchObject({ status: 400, code: 'invalid_credentials' })
  })

  test('sign-up is disabled', async () => {
    const { error } = await anonymous().auth.signUp({
      email: 'nadie@contrato.example',
      password: 'una contraseña larga',
    })
    expect(error?.status).toBe(422)
  })

  test('a session can be refreshed, and its previous token works once more', async () => {
    const client = await signedIn()
    const before = (await client.auth.getSession()).data.session!
    const { data, error } = await client.auth.refreshSession()
    expect(error).toBeNull()
    expect(data.session?.refresh_token).not.toBe(before.refresh_token)
    const late = await anonymous().auth.refreshSession({ refresh_token: before.refresh_token })
    expect(late.error).toBeNull()
    expect(late.data.session?.refresh_token).toBe(data.session?.refresh_token)
  })

  test('an unknown refresh token is refused', async () => {
    const { error } = await anonymous().auth.refreshSession({ refresh_token: 'nunca-existi' })
    expect(error).toMatchObject({ status: 400, code: 'refresh_token_not_found' })
  })

  test('signing out ends the session', async () => {
    const client = await signedIn()
    const { access_token, refresh_token } = (await client.auth.getSession()).data.session!
    expect((await client.auth.signOut({ scope: 'local' })).error).toBeNull()
    expect((await anonymous().auth.refreshSession({ refresh_token })).error?.status).toBe(400)
    expect((await anonymous().auth.getUser(access_token)).error).not.toBeNull()
  })
})

describe('permissions', () => {
  test('a moderator can read the queue and an anonymous person cannot', async () => {
    expect((await anonymous().rpc('review_queue', {})).status).toBe(401)
    const { data, error } = await (await signedIn()).rpc('review_queue', {})
    expect(error).toBeNull()
    expect(data).toMatchObject({ items: expect.any(Array), counts: expect.any(Object) })
  })

  test('an unknown submission is answered with 404', async () => {
    const client = await signedIn()
    const { status, error } = await client.rpc('review_item', {
      p_id: '00000000-0000-4000-8000-00000000dead',
    })
    expect(status).toBe(404)
    expect(error).toMatchObject({ code: 'PT404' })
  })

  test('only the service role can take mail and run jobs', async () => {
    const staff = await signedIn()
    for (const fn of ['take_mail', 'run_due_jobs'] as const) {
      const args = fn === 'take_mail' ? { p_limit: 0 } : undefined
      expect((await anonymous().rpc(fn, args as never)).status).toBe(401)
      expect((await staff.rpc(fn, args as never)).status).toBe(403)
      const { error, data } = await service().rpc(fn, args as never)
      expect(error).toBeNull()
      expect(data).not.toBeNull()
    }
  })

  test('the function send-mail requires the secret of the schedule, and the secret key is none', async () => {
    const send = (key?: string) =>
      call('/functions/v1/send-mail', { method: 'POST', ...(key ? { key } : {}) })
    expect((await send()).status).toBe(401)
    expect((await send(target().secretKey)).status).toBe(401)
  })
})
