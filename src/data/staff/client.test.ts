import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '../db'
import { clockOffset, restoreClock } from '../serverClock'
import { inTurn, keepSession, noSignal, reply, serve, sessionOf, stall } from '../testing/staffServer'
import { SUPABASE_URL } from '../config'
import { answerOf, supabase } from './client'
import { SESSION_KEY } from './session'
import { openFile } from './useOpenedFile'

const RPC = '/rest/v1/rpc/'
const REFRESH = 'grant_type=refresh_token'

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined) // supabase-js logs every failed call
  await db.auth.clear()
  await keepSession('ana-token')
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  restoreClock(0)
})

/** Lets a minute pass while IndexedDB works: supabase-js tries to renew a token for thirty seconds. */
async function passMinute(): Promise<boolean> {
  for (let second = 0; second < 60; second += 1) {
    await vi.advanceTimersByTimeAsync(1_000)
    await new Promise(setImmediate)
  }
  return false
}

const askMe = () => answerOf(supabase.rpc('staff_me'))
const bearers = (requests: ReturnType<typeof serve>) =>
  requests.filter(({ url }) => url.includes(RPC)).map(({ headers }) => headers.get('authorization'))

test('a staff call is one POST with the key and the token, without cookies, and follows no redirect', async () => {
  const requests = serve({ [RPC]: () => reply({ user_id: 'ana' }) })
  expect(await answerOf(supabase.rpc('review_item', { p_id: 'x' }))).toEqual({ user_id: 'ana' })
  expect(requests).toHaveLength(1)
  const [{ url, init, headers }] = requests as [(typeof requests)[number]]
  expect(url).toMatch(/\/rest\/v1\/rpc\/review_item$/u)
  expect(init).toMatchObject({
    method: 'POST',
    body: '{"p_id":"x"}',
    redirect: 'error',
    credentials: 'omit',
    cache: 'no-store',
  })
  expect(headers.get('apikey')).toMatch(/./u)
  expect(headers.get('authorization')).toBe('Bearer ana-token')
})

/** The body of the storage API's answer to a token that is too old. */
const EXPIRED = {
  statusCode: '403',
  error: 'Unauthorized',
  message: '"exp" claim timestamp check failed',
}
const refusal = { code: 'PT409', message: 'last_admin', details: 'role', hint: null }

test.each([
  ['a refusal', () => reply(refusal, 409), 'last_admin', false],
  ['a refusal with the status of a rate limit', () => reply(refusal, 429), 'last_admin', false],
  ['an error of Postgres', () => reply({ code: '23505', message: 'x' }, 409), 'server', true],
  ['a 403 with HTML', () => reply('<h1>403</h1>', 403), 'server', true],
  ['a server error', () => reply('oops', 500), 'server', true],
  ['a server that is starting', () => reply('{}', 503), 'server', true],
  ['a gateway without its server', () => reply('<h1>520</h1>', 520), 'server', true],
  ['too many calls', () => reply({}, 429), 'rate_limited', true],
  ['a captive portal’s page', () => reply('<html>login</html>'), 'not_ours', true],
  ['no signal', noSignal, 'offline', true],
])('%s makes the call reject with its fault after one request', async (_, answer, code, retryable) => {
  const requests = serve({ [RPC]: answer })
  await expect(askMe()).rejects.toMatchObject({ name: 'Fault', code, retryable })
  expect(requests).toHaveLength(1)
})

test('the fault of a refusal has its field, and that of a rate limit its wait', async () => {
  serve({
    [RPC]: inTurn(
      () => reply(refusal, 409),
      () => reply({}, 429, { 'retry-after': '7' }),
    ),
  })
  await expect(askMe()).rejects.toMatchObject({ details: { field: 'role', status: 409 } })
  await expect(askMe()).rejects.toMatchObject({ details: { retryAfterMs: 7_000, status: 429 } })
})

test('a call without an answer fails after thirty seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const requests = serve({ [RPC]: stall })
  const fault = askMe().catch((error: unknown) => error)
  await vi.waitUntil(() => requests.length === 1)
  await vi.advanceTimersByTimeAsync(29_900)
  expect(requests[0]!.init.signal?.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect(await fault).toMatchObject({ code: 'timeout', retryable: true })
})

test('a staff answer of another shape is the fault `not_ours`', async () => {
  serve({ [RPC]: () => reply({ status: 'login' }) })
  const isOurs = (body: unknown): body is never =>
    typeof body === 'object' && body !== null && 'pulls' in body
  const asked = answerOf(supabase.rpc('pull_changes', { pulls: [] }), isOurs)
  await expect(asked).rejects.toMatchObject({ code: 'not_ours' })
})

test('a refused token is renewed once, and the call is repeated once', async () => {
  const renewed = sessionOf('new-token')
  const requests = serve({
    [RPC]: ({ headers }) =>
      headers.get('authorization') === 'Bearer new-token' ? reply({ name: 'Ana' }) : reply({}, 401),
    [REFRESH]: () => reply(renewed),
  })
  expect(await askMe()).toEqual({ name: 'Ana' })
  expect(bearers(requests)).toEqual(['Bearer ana-token', 'Bearer new-token'])
  expect(requests).toHaveLength(3)
  expect((await db.auth.get(SESSION_KEY))?.value).toContain('new-token')
})

test('a renewed token that is also refused is the fault `auth`', async () => {
  const requests = serve({ [RPC]: () => reply({}, 401), [REFRESH]: () => reply(sessionOf('new-token')) })
  await expect(askMe()).rejects.toMatchObject({ code: 'auth', retryable: false })
  expect(requests).toHaveLength(3)
})

test('three calls with the same refused token renew it once', async () => {
  const requests = serve({
    [RPC]: ({ headers }) =>
      headers.get('authorization') === 'Bearer new-token' ? reply({ name: 'Ana' }) : reply({}, 401),
    [REFRESH]: () => reply(sessionOf('new-token')),
  })
  await Promise.all([askMe(), askMe(), askMe()])
  expect(requests.filter(({ url }) => url.includes(REFRESH))).toHaveLength(1)
})

test('a token that another tab renewed during the call is used without a further renewal', async () => {
  const requests = serve({
    [RPC]: async ({ headers }) => {
      if (headers.get('authorization') === 'Bearer new-token') return reply({ name: 'Ana' })
      await keepSession('new-token')
      return reply({}, 401)
    },
  })
  expect(await askMe()).toEqual({ name: 'Ana' })
  expect(bearers(requests)).toEqual(['Bearer ana-token', 'Bearer new-token'])
})

test('a refused refresh token ends a session with an expired token', async () => {
  await keepSession('ana-token', -60)
  const requests = serve({ [REFRESH]: () => reply({ code: 'refresh_token_not_found', message: 'x' }, 400) })
  await expect(askMe()).rejects.toMatchObject({ code: 'auth' })
  expect(bearers(requests)).toEqual([])
  expect(await db.auth.get(SESSION_KEY)).toBeUndefined()
})

test.each([
  ['no signal', noSignal, 'offline'],
  ['a captive portal’s page', () => reply('<html>login</html>'), 'offline'],
  ['a captive portal’s refusal', () => reply('<html>login</html>', 403), 'offline'],
  ['a server that answers 503', () => reply('{}', 503), 'server'],
])('an expired token stays in its session when %s prevents the renewal', async (_, answer, code) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.now() })
  await keepSession('ana-token', -60)
  serve({ [REFRESH]: answer })
  const fault = askMe().catch((error: unknown) => error)
  const isDone = await Promise.race([fault.then(() => true), passMinute()])
  expect([isDone, await fault]).toMatchObject([true, { code, retryable: true }])
  expect((await db.auth.get(SESSION_KEY))?.value).toContain('ana-token')
})

test('without a session a call rejects with `auth` and makes no request', async () => {
  await db.auth.clear()
  const requests = serve({})
  await expect(askMe()).rejects.toMatchObject({ code: 'auth' })
  expect(requests).toEqual([])
})

test('an invitation is opened with the key, not with the token of the signed-in member', async () => {
  const requests = serve({ [RPC]: () => reply({ email: 'luis@instituto.example' }) })
  await answerOf(supabase.rpc('open_invitation', { p_token: 't' }))
  const key = requests[0]!.headers.get('apikey')
  expect(bearers(requests)).toEqual([`Bearer ${key}`])
})

test('an answer with the server’s time sets the clock', async () => {
  serve({ [RPC]: () => reply({ now: new Date(Date.now() + 3_600_000).toISOString() }) })
  await askMe()
  expect(Math.round(clockOffset() / 60_000)).toBe(60)
})

test('a phone two hours ahead does not renew a valid token', async () => {
  restoreClock(-7_200_000)
  await keepSession('ana-token', -7_200 + 1_800) // half an hour left by the server's clock
  const requests = serve({ [RPC]: () => reply({ name: 'Ana' }) })
  await askMe()
  expect(bearers(requests)).toEqual(['Bearer ana-token'])
  expect(requests).toHaveLength(1)
})

test('a file is opened for the signed-in member at the project’s address, and its failure is a Fault', async () => {
  const path = '/storage/v1/object/sign/a?token=b'
  const requests = serve({ '/open-file': inTurn(() => reply({ path, seconds: 300 }), noSignal) })
  const open = () => openFile('videos-intake', 'a')
  expect(await open()).toEqual({ url: SUPABASE_URL + path, seconds: 300 })
  expect(requests[0]!.url).toBe(`${SUPABASE_URL}/functions/v1/open-file`)
  expect(requests[0]!.init.body).toBe(JSON.stringify({ bucket: 'videos-intake', name: 'a' }))
  expect(requests[0]!.headers.get('authorization')).toBe('Bearer ana-token')
  await expect(open()).rejects.toMatchObject({ code: 'offline', retryable: true })
})

test('a token that the storage API refuses with its 400 is renewed once, and the call is repeated', async () => {
  const requests = serve({
    '/sign/': ({ headers }) =>
      headers.get('authorization') === 'Bearer new-token'
        ? reply({ signedURL: '/object/sign/a?token=b' })
        : reply(EXPIRED, 400),
    [REFRESH]: () => reply(sessionOf('new-token')),
  })
  await answerOf(supabase.storage.from('videos-intake').createSignedUrl('a', 3600))
  const signing = requests.filter(({ url }) => url.includes('/sign/'))
  expect(signing.map(({ headers }) => headers.get('authorization'))).toEqual([
    'Bearer ana-token',
    'Bearer new-token',
  ])
})

test('an object that the storage API does not show is no reason to renew the token', async () => {
  const unknown = { statusCode: '404', error: 'not_found', message: 'Object not found' }
  const requests = serve({ '/sign/': () => reply(unknown, 400) })
  const asked = answerOf(supabase.storage.from('videos-intake').createSignedUrl('a', 3600))
  await expect(asked).rejects.toMatchObject({ code: 'server' })
  expect(requests).toHaveLength(1)
})

test('an Edge Function’s answer is returned, and its refusal is a Fault with code and field', async () => {
  const refused = { code: 'PT409', message: 'account_exists', details: 'password', hint: null }
  const requests = serve({
    '/functions/v1/': inTurn(
      () => reply({ role: 'door', email: 'a@b.mx' }),
      () => reply(refused, 409),
    ),
  })
  const body = { token: 't', password: 'cuatro palabras' }
  const accept = () => answerOf(supabase.functions.invoke('accept-invitation', { body }))
  expect(await accept()).toEqual({ role: 'door', email: 'a@b.mx' })
  expect(requests[0]!.init.body).toBe(JSON.stringify(body))
  await expect(accept()).rejects.toMatchObject({ code: 'account_exists', details: { field: 'password' } })
})
