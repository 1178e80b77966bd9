/** Floods: everything is received, what one caller sends beyond a number waits apart, and staff settle it in bulk. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ApplyOpsAnswer, Verdict } from '@/domain/ops'
import type { QuarantinePage, QueuePage } from '@/domain/staffRows'
import {
  type Actor,
  anon,
  asActor,
  callAs,
  createTestDatabase,
  service,
  type TestDatabase,
} from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
/** Midday of today: what counts by the hour and by the day must not meet midnight. */
let noon: string
const hoursAfterNoon = (hours: number) =>
  fx.setClock(db, new Date(Date.parse(noon) + hours * 3_600_000).toISOString())
beforeEach(async () => {
  await db.pool.query('delete from app.caller_calls; delete from app.caller_salts')
  const { rows } = await db.pool.query<{ at: Date }>(
    `select (app.local_day(pg_catalog.now()) + time '12:00') at time zone 'America/Mexico_City' as at`,
  )
  noon = rows[0]!.at.toISOString()
  await hoursAfterNoon(0)
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const FREE = 60

/** Sends ops as the proxies before the server pass them on. */
const sendFrom = (headers: Record<string, string>, ops: unknown[]) =>
  asActor(db, anon, async (client) => {
    await client.query(`select set_config('request.headers', $1, true)`, [JSON.stringify(headers)])
    const { rows } = await client.query<{ result: ApplyOpsAnswer }>('select public.apply_ops($1) as result', [
      JSON.stringify({ ops }),
    ])
    return rows[0]!.result.verdicts
  })
const behind = (address: string) => ({ 'x-forwarded-for': address })

interface Sent {
  id: string
  secret: string
  folio: string
}
/** Sends the ops again that a slow machine left for the next call, as phones do. */
async function untilSettled(headers: Record<string, string>, ops: unknown[]): Promise<Verdict[]> {
  const verdicts = await sendFrom(headers, ops)
  const first = verdicts.findIndex(({ status }) => status === 'retry')
  return first < 0
    ? verdicts
    : [...verdicts.slice(0, first), ...(await untilSettled(headers, ops.slice(first)))]
}

/** Submits propuestas from one address, 50 a call, and expects each to be received. */
async function submitFrom(address: string, count: number, change = {}): Promise<Sent[]> {
  const payload = await fx.propuesta(db, change)
  const all: Sent[] = []
  for (let left = count; left > 0; left -= 50) {
    const ops = Array.from({ length: Math.min(50, left) }, () =>
      fx.op('propuesta.submit', randomUUID(), payload, { secret: fx.newSecret() }),
    )
    for (const [at, verdict] of (await untilSettled(behind(address), ops)).entries()) {
      if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
      const { entity_id: id, secret } = ops[at]!
      all.push({ id, secret: secret!, folio: (verdict.row as { folio: string }).folio })
    }
  }
  return all
}
const queue = (actor: Actor = fx.moderator, args = {}) =>
  callAs(db, actor, 'review_queue', args) as Promise<QueuePage>
const quarantine = (args = {}, actor: Actor = fx.moderator) =>
  callAs(db, actor, 'list_quarantine', args) as Promise<QuarantinePage>
const settle = (all: Pick<Sent, 'id'>[], p_release: boolean, actor: Actor = fx.moderator) =>
  asActor(db, actor, async (client) => {
    const { rows } = await client.query<{ n: { settled: number } }>(
      'select public.settle_quarantine($1, $2) as n',
      [all.map(({ id }) => id), p_release],
    )
    return rows[0]!.n.settled
  })
const states = async (all: Sent[]) =>
  (
    await db.pool.query<{ state: string; held: boolean }>(
      'select state, quarantined_at is not null as held from app.submissions where id = any ($1)',
      [all.map(({ id }) => id)],
    )
  ).rows
const heldOf = async (all: Sent[]) => (await states(all)).filter(({ held }) => held).length
const letters = async ({ id }: Sent) =>
  (await jx.lettersTo(db, id)).map(({ subject }) => subject.split(':')[0])

test('2,000 honest phones behind the address of an attack all get a folio, and a release puts them into the queue', async () => {
  const junk = await submitFrom('187.190.1.1', FREE + 40, {
    body: 'Compre ya en la tienda de siempre, sin costo.',
  })
  await db.pool.query(
    // the rest of the attack, of which only the calls matter to others
    `insert into app.caller_calls (kind, caller) select c.kind, c.caller
     from (select distinct kind, caller from app.caller_calls) c, generate_series(1, 50000)`,
  )
  const honest = await submitFrom('187.190.1.1', 2_000)
  expect(new Set(honest.map(({ folio }) => folio)).size).toBe(2_000)
  expect([await heldOf(junk), await heldOf(honest)]).toEqual([40, 2_000])
  expect(await heldOf(await submitFrom('187.190.1.2', 1))).toBe(0)
  expect((await quarantine()).count).toBe(2_040)
  expect(await settle(junk, false)).toBe(40)
  expect(await settle(honest.slice(0, 500), true)).toBe(500)
  expect((await states(honest.slice(0, 500))).every(({ state, held }) => state === 'received' && !held)).toBe(
    true,
  )
  expect((await quarantine()).count).toBe(1_500)
})

describe('a submission in quarantine', () => {
  const ADDRESS = '2806:105e:1:2::5'
  let held: Sent
  let free: Sent[]
  beforeEach(async () => {
    await db.pool.query('update app.submissions set quarantined_at = null where quarantined_at is not null')
    free = await submitFrom(ADDRESS, FREE)
    ;[held] = (await submitFrom('2806:105e:1:2:ffff::9', 1, { email: 'ana@correo.example' })) as [Sent]
  })

  test('is in its own list and in no other: queue, its counts, the copy for work without signal', async () => {
    const before = await queue()
    const page = await quarantine()
    expect(page.items.map(({ id }) => id)).toContain(held.id)
    expect(page.items.map(({ id }) => id)).not.toContain(free[0]!.id)
    expect(before.quarantined).toBe(page.count)
    const found = await queue(fx.moderator, { p_search: held.folio })
    expect(found.items).toEqual([])
    const [{ changes }] = (
      (await callAs(db, fx.moderator, 'pull_changes', {
        pulls: JSON.stringify([{ scope: 'staff', id: fx.OPEN, cursor: null }]),
      })) as { pulls: { changes: { id: string }[] }[] }
    ).pulls as [{ changes: { id: string }[] }]
    expect(changes.map(({ id }) => id)).not.toContain(held.id)
    expect(await settle([held], true)).toBe(1)
    expect((await queue()).counts.received).toBe((before.counts.received ?? 0) + 1)
    expect((await queue(fx.moderator, { p_search: held.folio })).items).toHaveLength(1)
  })

  test('is to its author one like all others, and its receipt waits until it is released', async () => {
    const { state, answer_by } = await fx.openFolio(db, held.folio, held.secret)
    const other = await fx.openFolio(db, free[0]!.folio, free[0]!.secret)
    expect({ state, answer_by }).toEqual({ state: other.state, answer_by: other.answer_by })
    expect(await letters(held)).toEqual([])
    await settle([held], true)
    expect(await letters(held)).toEqual(['Recibimos tu propuesta'])
  })

  test('is dismissed with words to its author and without a letter, and a dismissal can be taken back', async () => {
    expect(await settle([held], false)).toBe(1)
    expect(await settle([held], false)).toBe(0)
    expect(JSON.stringify(await fx.openFolio(db, held.folio, held.secret))).toContain('programa automático')
    expect(await letters(held)).toEqual([])
    expect((await quarantine()).items.map(({ id }) => id)).not.toContain(held.id)
    expect((await quarantine({ p_dismissed: true })).items.map(({ id }) => id)).toContain(held.id)
    expect((await queue(fx.moderator, { p_states: '{rejected}' })).items.map(({ id }) => id)).not.toContain(
      held.id,
    )
    expect(await settle([held], true)).toBe(1)
    expect(await fx.openFolio(db, held.folio, held.secret)).toMatchObject({ state: 'received' })
  })

  test('leaves quarantine by a decision on it, and can be withdrawn and restored by its author', async () => {
    const act = (kind: 'submission.withdraw' | 'submission.undo_withdraw') =>
      fx.applyOne(db, anon, fx.op(kind, held.id, {}, { secret: held.secret }))
    expect(await act('submission.withdraw')).toMatchObject({ status: 'applied' })
    expect((await quarantine()).items.map(({ id }) => id)).not.toContain(held.id)
    expect(await act('submission.undo_withdraw')).toMatchObject({ status: 'applied' })
    expect((await quarantine()).items.map(({ id }) => id)).toContain(held.id)
    await fx.decide(db, fx.moderator, held.id, 'accept')
    expect(await states([held])).toEqual([{ state: 'accepted', held: false }])
  })

  test('is settled by whoever decides on its campaign, and read by whoever reads it', async () => {
    const elsewhere = await fx.addStaff(db, 'moderator', { convocatoria: jx.JORNADAS })
    expect(await settle([held], true, elsewhere)).toBe(0)
    expect((await quarantine({}, elsewhere)).items).toEqual([])
    expect((await quarantine({}, fx.auditor)).items.length).toBeGreaterThan(0)
    await expect(settle([held], true, fx.auditor)).rejects.toMatchObject({ message: 'not_allowed' })
    expect(await settle([...free, held], false)).toBe(1)
    expect(await heldOf(free)).toBe(0)
  })
})

test('an hour later the same address sends into the queue again', async () => {
  await submitFrom('187.190.1.3', FREE)
  expect(await heldOf(await submitFrom('187.190.1.3', 1))).toBe(1)
  await hoursAfterNoon(1.02)
  expect(await heldOf(await submitFrom('187.190.1.3', 1))).toBe(0)
})

test('registrations, on which nobody decides, are never in quarantine', async () => {
  await jx.setDay(db, jx.DAY, 500)
  const body_id = await jx.addBody(db)
  const ops = await Promise.all(
    Array.from({ length: FREE + 5 }, async () =>
      fx.op('registration.submit', randomUUID(), await jx.registration(db, { body_id }), {
        secret: fx.newSecret(),
      }),
    ),
  )
  for (const op of ops)
    expect((await sendFrom(behind('187.190.1.4'), [op]))[0]).toMatchObject({ status: 'applied' })
  const { rows } = await db.pool.query(
    `select from app.submissions where kind = 'jornadas' and quarantined_at is not null`,
  )
  expect(rows).toEqual([])
})

describe('the caller', () => {
  const networkOf = (headers: object) =>
    asActor(db, service, async (client) => {
      await client.query('reset role')
      await client.query(`select set_config('request.headers', $1, true)`, [JSON.stringify(headers)])
      return (await client.query<{ n: string | null }>('select app.caller_network()::text as n')).rows[0]!.n
    })
  test.each([
    ['an address', { 'x-forwarded-for': '187.190.1.1' }, '187.190.1.1/32'],
    [
      'the last of a list, not what the caller wrote',
      { 'x-forwarded-for': '1.1.1.1, 187.190.1.1' },
      '187.190.1.1/32',
    ],
    ['the last public one', { 'x-forwarded-for': '187.190.1.1, 10.0.0.7' }, '187.190.1.1/32'],
    ['IPv6 by its /64', { 'x-forwarded-for': '2806:105e:1:2:3:4:5:6' }, '2806:105e:1:2::/64'],
    ['IPv4 written as IPv6', { 'x-forwarded-for': '::ffff:187.190.1.1' }, '187.190.1.1/32'],
    [
      'what the provider’s edge says',
      { 'cf-connecting-ip': '187.190.1.9', 'x-forwarded-for': '1.1.1.1' },
      '187.190.1.9/32',
    ],
    ['a private address where there is no other', { 'x-forwarded-for': '10.0.0.7' }, '10.0.0.7/32'],
    ['nobody', {}, null],
    ['nobody in nonsense', { 'x-forwarded-for': `'; drop table x, unknown` }, null],
  ])('is %s', async (_, headers, expected) => expect(await networkOf(headers)).toBe(expected))

  test('is kept as a keyed hash whose key goes with the day, and its calls go with the hour', async () => {
    await submitFrom('187.190.1.1', 1)
    const stored = async () => (await db.pool.query('select * from app.caller_calls')).rows
    const salts = async () => (await db.pool.query('select * from app.caller_salts')).rows
    expect(JSON.stringify(await stored())).not.toContain('187.190')
    expect([(await stored()).length, (await salts()).length]).toEqual([1, 1])
    await hoursAfterNoon(25)
    await callAs(db, service, 'run_due_jobs')
    expect([(await stored()).length, (await salts()).length]).toEqual([0, 0])
  })
})
