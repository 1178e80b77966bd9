import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { enqueue } from '@/sync/enqueue'
import { silent, wipe } from '@/sync/testing/phone'
import { db } from '../db'
import { keepSession, noSignal, reply, serve, sessionOf, stall } from '../testing/staffServer'
import { readSession, SESSION_KEY } from './session'

/** Locks that another tab never gives back. */
const holdLocks = () => vi.stubGlobal('navigator', { locks: { request: () => new Promise(() => {}) } })
holdLocks() // supabase-js may request locks as soon as its client is created
const { signIn, signOut } = await import('./auth')

const PASSWORD = 'grant_type=password'

beforeEach(async () => {
  holdLocks()
  vi.spyOn(console, 'error').mockImplementation(() => undefined) // supabase-js logs every failed call
  await wipe()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('signing in stores the session for page and worker', async () => {
  const requests = serve({ [PASSWORD]: () => reply(sessionOf('ana-token')) })
  await signIn(' ana@instituto.example ', 'secreta')
  expect(await readSession()).toMatchObject({ token: 'ana-token', user_id: 'ana' })
  expect(requests).toHaveLength(1)
  expect(JSON.parse(requests[0]!.init.body as string)).toMatchObject({
    email: 'ana@instituto.example',
    password: 'secreta',
  })
  expect(requests[0]!.init).toMatchObject({ redirect: 'error', credentials: 'omit' })
})

test.each([
  [
    'a wrong password',
    () => reply({ code: 'invalid_credentials', message: 'x' }, 400),
    'auth_invalid_credentials',
  ],
  ['no signal', noSignal, 'offline'],
  ['a captive portal’s page', () => reply('<html>login</html>'), 'offline'],
  ['a server that answers 503', () => reply('{}', 503), 'server'],
  [
    'too many tries',
    () => reply({ code: 'over_request_rate_limit', message: 'x' }, 429),
    'attempts_too_many',
  ],
])('after %s nobody is signed in, and only one request was made', async (_, answer, code) => {
  const requests = serve({ [PASSWORD]: answer })
  await expect(signIn('ana@instituto.example', 'x')).rejects.toMatchObject({ code })
  expect(await readSession()).toBeNull()
  expect(requests).toHaveLength(1)
})

test('signing in fails after fifteen seconds without an answer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const requests = serve({ [PASSWORD]: stall })
  const fault = signIn('ana@instituto.example', 'x').catch((error: unknown) => error)
  await vi.waitUntil(() => requests.length === 1)
  await vi.advanceTimersByTimeAsync(15_100)
  expect(await fault).toMatchObject({ code: 'offline' })
  vi.useRealTimers()
})

const decide = (actor: string) =>
  enqueue({ kind: 'review.decide', entity_id: `of-${actor}`, payload: {}, actor }, undefined, silent)

test('signing out without signal deletes the session and keeps every op', async () => {
  await keepSession('ana-token')
  await decide('ana')
  await decide('luis')
  const requests = serve({ '/logout': noSignal })
  await signOut()
  expect(await db.auth.toArray()).toEqual([])
  expect((await db.outbox.toArray()).map(({ actor }) => actor)).toEqual(['ana', 'luis'])
  expect(requests).toHaveLength(1)
})

test('signing out on a stalled connection deletes the session at once', async () => {
  await keepSession('ana-token')
  const requests = serve({ '/logout': stall })
  void signOut()
  await vi.waitUntil(() => requests.length === 1)
  expect(await readSession()).toBeNull()
})

test('signing out with an expired token makes no request', async () => {
  await keepSession('ana-token', -60)
  const requests = serve({})
  await signOut()
  expect(await readSession()).toBeNull()
  expect(requests).toEqual([])
})

test('a token that is renewed during the sign-out does not bring the session back', async () => {
  const { supabase } = await import('./client')
  await keepSession('ana-token')
  let answer = () => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  const requests = serve({
    'grant_type=refresh_token': () => held.then(() => reply(sessionOf('new-token'))),
    '/logout': () => reply('', 204),
  })
  const renewed = supabase.auth.refreshSession()
  await vi.waitUntil(() => requests.length === 1)
  await signOut()
  answer()
  await renewed
  expect(await db.auth.get(SESSION_KEY)).toBeUndefined()
})
