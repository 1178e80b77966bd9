import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { runCycle } from '@/sync/engine'
import { enqueue } from '@/sync/enqueue'
import { ALL, Phone, silent, submit, wipe } from '@/sync/testing/phone'
import { db } from '../db'
import { readAccessToken, readSession, SESSION_KEY } from './session'

beforeEach(wipe)

/** Stores a session as supabase-js does; `left` is in seconds. */
const signIn = (left: number) =>
  db.auth.put({
    key: SESSION_KEY,
    value: JSON.stringify({
      access_token: 'ana-token',
      expires_at: Math.floor(Date.now() / 1000) + left,
      user: { id: 'ana', email: 'ana@instituto.example' },
    }),
  })

test.each([
  [3_600, 'ana-token'],
  [20, undefined], // it could expire before it reaches the server
  [-60, undefined],
])('with %i seconds left the token that calls get is %s', async (left, token) => {
  await signIn(left)
  expect((await readAccessToken())?.token).toBe(token)
  expect((await readSession())?.user_id).toBe('ana')
})

test('with an expired token staff ops wait and citizens’ ops are sent', async () => {
  await signIn(-60)
  await submit('s1', { text: 'a citizen’s' })
  await enqueue({ kind: 'review.decide', entity_id: 's2', payload: {}, actor: 'ana' }, undefined, silent)
  const phone = new Phone()
  const engine = { ...phone.engine(), readToken: readAccessToken }
  expect(await runCycle(engine, { ...ALL, reach: 'none' })).toBe('done')
  expect(phone.network.tokens).toEqual([null])
  expect(await db.outbox.toArray()).toMatchObject([{ entity_id: 's2', state: 'blocked_auth' }])
})
