/** What an author chooses may change as often as an honest person changes it, and no oftener. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

const MOST = 50
const NOON = '2026-11-24T18:00:00Z'
let db: TestDatabase
beforeAll(async () => (db = await createTestDatabase()))
afterAll(() => db.drop())

const PUSH = {
  p_endpoint: 'https://fcm.googleapis.com/fcm/send/a',
  p_p256dh: 'B'.repeat(87),
  p_auth: 'a'.repeat(22),
}
/** The nth change of each choice. */
const CHOICES: Record<string, (n: number) => object> = {
  choose_reminders: (n) => ({ p_chosen: n % 2 ? '{day}' : '{week}' }),
  choose_calendar: (n) => ({ p_nonce: String(n).padStart(32, '0'), p_key: String(n).padStart(32, 'a') }),
  choose_push: (n) => ({ ...PUSH, p_wanted: n % 2 === 0 }),
}

describe.each(Object.entries(CHOICES))('%s', (name, changeOf) => {
  const choose = ({ row, secret }: jx.Registered, n: number) =>
    callAs(db, anon, name, { p_folio: row.folio, p_secret: secret, ...changeOf(n) })

  test(`is changed ${MOST} times in an hour, and by nobody else for somebody`, async () => {
    await fx.setClock(db, NOON)
    const [one, other] = [await jx.register(db), await jx.register(db)]
    for (let n = 0; n < MOST; n += 1) await choose(one, n)
    await expect(choose(one, MOST)).rejects.toThrow('choices_busy')
    await choose(other, 0)
    await fx.setClock(db, '2026-11-24T19:00:01Z')
    await choose(one, MOST)
  })
})

test('asking whether this phone is told is no change', async () => {
  await fx.setClock(db, NOON)
  const { row, secret } = await jx.register(db)
  for (let n = 0; n <= MOST; n += 1)
    await callAs(db, anon, 'choose_push', { p_folio: row.folio, p_secret: secret })
  const { rows } = await db.pool.query(
    `select from app.caller_calls c where c.kind = 'choice' and c.caller = $1`,
    [
      (await db.pool.query<{ id: string }>('select id from app.submissions where folio = $1', [row.folio]))
        .rows[0]!.id,
    ],
  )
  expect(rows).toHaveLength(0)
})
