/** What the embedded Auth adds to GoTrue's dialect: its codes, its throttle, and answers that take the same time. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { callerOf, createThrottle } from '../../supabase/local/authThrottle'
import { codeAt, isCode } from '../../supabase/local/totp'
import { anonymous, call, service } from './clients'

describe('codes', () => {
  const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' // «12345678901234567890»

  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('the code at second %d is the one of RFC 6238', (second, code) =>
    expect(codeAt(SECRET, second * 1000)).toBe(code),
  )

  test('a code is right for one step before and after its own, and no longer', () => {
    const at = 1_234_567_890_000
    const code = codeAt(SECRET, at)
    expect([-60, -30, 0, 30, 60].map((s) => isCode(SECRET, code, at + s * 1000))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
    expect(isCode(SECRET, `${code}0`, at)).toBe(false)
    expect(isCode(SECRET, '', at)).toBe(false)
  })
})

describe('the throttle', () => {
  const MINUTE = 60_000
  const make = () => {
    let now = 0
    const throttle = createThrottle(() => now)
    const fail = (times: number, account: string, caller: string) => {
      for (let i = 0; i < times; i += 1) throttle.failed(account, caller)
    }
    return { throttle, fail, later: (ms: number) => (now += ms) }
  }

  test('ten wrong passwords stop a caller at an account for a quarter of an hour, and nobody else', () => {
    const { throttle, fail, later } = make()
    fail(10, 'Ana@x.mx', '1.1.1.1')
    expect(throttle.admits('ana@x.mx', '1.1.1.1')).toBe(false)
    expect(throttle.admits('ana@x.mx', '2.2.2.2')).toBe(true)
    expect(throttle.admits('beto@x.mx', '1.1.1.1')).toBe(true)
    later(15 * MINUTE)
    expect(throttle.admits('ana@x.mx', '1.1.1.1')).toBe(true)
  })

  test('many callers that guess at an account do not lock out who signed in from a known place', () => {
    const { throttle, fail } = make()
    throttle.succeeded('ana@x.mx', '9.9.9.9')
    for (let n = 0; n < 10; n += 1) fail(5, 'ana@x.mx', `1.1.1.${n}`)
    expect(throttle.admits('ana@x.mx', '3.3.3.3')).toBe(false)
    expect(throttle.admits('ana@x.mx', '9.9.9.9')).toBe(true)
  })

  test('somebody behind an address that guesses at many accounts may still sign in, slowly', () => {
    const { throttle, fail, later } = make()
    for (let n = 0; n < 100; n += 1) fail(1, `n${n}@x.mx`, '1.1.1.1')
    later(MINUTE)
    expect(throttle.admits('honesta@x.mx', '1.1.1.1')).toBe(true)
    fail(1, 'honesta@x.mx', '1.1.1.1')
    expect(throttle.admits('honesta@x.mx', '1.1.1.1')).toBe(false)
    later(2 * MINUTE)
    expect(throttle.admits('honesta@x.mx', '1.1.1.1')).toBe(true)
  })

  test.each([
    [null, 'local'],
    ['203.0.113.9', '203.0.113.9'],
    ['10.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['2001:db8:0:1:aaaa::1', '2001:db8:0:1'],
    ['2001:DB8:0:0001:bbbb::2', '2001:db8:0:1'],
    ['2001:db8::1', '2001:db8:0:0'],
  ])('the caller of a request from %s is %s', (address, caller) => {
    const headers = address ? { 'x-forwarded-for': address } : undefined
    expect(callerOf(new Request('http://localhost', headers && { headers }))).toBe(caller)
  })

  test('after ten wrong passwords the answer is the same for known and unknown addresses', async () => {
    const known = `${randomUUID()}@contrato.example`
    await service().auth.admin.createUser({ email: known, password: 'xK9#mQ2$vL7p', email_confirm: true })
    for (const email of [known, `${randomUUID()}@contrato.example`]) {
      const sign = async (password: string) =>
        (await anonymous().auth.signInWithPassword({ email, password })).error
      for (let n = 0; n < 10; n += 1) expect(await sign('mala')).toMatchObject({ status: 400 })
      expect(await sign('xK9#mQ2$vL7p')).toMatchObject({ status: 429, code: 'over_request_rate_limit' })
    }
  })
})

test.skipIf(process.env['SUPABASE_URL'])(
  'a recovery letter opens the account once, and only its link says whose it is',
  async () => {
    const email = `${randomUUID()}@contrato.example`
    const password = 'xK9#mQ2$vL7p'
    await service().auth.admin.createUser({ email, password, email_confirm: true })
    const ask = () => call('/auth/v1/recover', { method: 'POST', body: JSON.stringify({ email }) })
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200])
    const letters = (await (await call(`/__inbox.json?to=${email}`)).json()) as { body: string }[]
    const queued = letters.length > 0 ? letters : await takeLetters(email)
    expect(queued).toHaveLength(1)
    const token_hash = /contrasena#([0-9a-f]+)$/mu.exec(queued[0]!.body)![1]!
    const client = anonymous()
    expect((await client.auth.verifyOtp({ type: 'recovery', token_hash })).error).toBeNull()
    expect((await client.auth.updateUser({ password: 'grapa turquesa lámpara' })).error).toBeNull()
    const again = await anonymous().auth.verifyOtp({ type: 'recovery', token_hash })
    expect(again.error).toMatchObject({ status: 403, code: 'otp_expired' })
  },
)

/** The letters to this address, taken from the queue with the secret key as the mail function does. */
async function takeLetters(email: string): Promise<{ body: string }[]> {
  const { data } = await service().rpc('take_mail', { p_limit: 100 })
  return (data ?? []).filter(({ to }) => to === email)
}

test.skipIf(process.env['SUPABASE_URL'])(
  'a wrong password takes as long for an unknown address as for a known one',
  async () => {
    const someone = async () => {
      const email = `${randomUUID()}@contrato.example`
      await service().auth.admin.createUser({ email, password: 'xK9#mQ2$vL7p', email_confirm: true })
      return email
    }
    const measure = async (email: string) => {
      const started = performance.now()
      const { status } = await call('/auth/v1/token?grant_type=password', {
        method: 'POST',
        body: JSON.stringify({ email, password: 'mala' }),
      })
      expect(status).toBe(400)
      return performance.now() - started
    }
    const times = { known: [] as number[], unknown: [] as number[] }
    const ratio = () => Math.min(...times.unknown) / Math.min(...times.known)
    // The hash costs about 50 ms; a comparison without it takes under 10. Other work on the machine makes single calls
    // slower and none faster, so the least times come together with the number of calls.
    const isLevel = () => ratio() > 0.6 && ratio() < 1.7
    let known = ''
    for (let n = 0; n < 56 && !(n >= 7 && isLevel()); n += 1) {
      if (n % 7 === 0) known = await someone() // the tenth wrong password would stop the caller
      times.known.push(await measure(known))
      times.unknown.push(await measure(`${randomUUID()}@contrato.example`))
    }
    expect(ratio()).toBeGreaterThan(0.6)
    expect(ratio()).toBeLessThan(1.7)
  },
)
