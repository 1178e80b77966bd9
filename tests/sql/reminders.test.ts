/** Reminders that a person chooses: each comes once, at its time, and only of a day with a seat. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await fx.setClock(db, REGISTERED)
  await db.pool.query(
    `update app.convocatorias set opens_at = '2026-11-01T00:00:00Z', closes_at = '2027-01-30T00:00:00Z' where id = $1`,
    [jx.JORNADAS],
  )
  await setDay(jx.DAY, BEGINS)
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const REGISTERED = '2026-12-01T18:00:00Z'
const BEGINS = '2026-12-15T16:00:00Z' // 10:00 in central Mexico
const HOUR = 3_600_000
const before = (hours: number, begins = BEGINS) => new Date(Date.parse(begins) - hours * HOUR).toISOString()

/** A day that begins then; without an hour, where it is a date. */
const setDay = (id: string, begins: string | null) =>
  db.pool.query(
    `update app.jornadas set on_day = app.local_day($2::timestamptz), starts_at = $2, ends_at = null, capacity = 2,
       cancelled_at = null, cancel_reason = null where id = $1`,
    [id, begins],
  )
const register = (change: Record<string, unknown> = {}) =>
  jx.register(db, { body_id: body, jornada_ids: [jx.DAY], ...change })
const choose = ({ row, secret }: jx.Registered, chosen: string, p_secret = secret) =>
  callAs(db, anon, 'choose_reminders', { p_folio: row.folio, p_secret, p_chosen: chosen })

/** The subjects of the reminders that the job queues at these instants. */
async function remindedAt(one: jx.Registered, ...instants: string[]): Promise<number[]> {
  const counts: number[] = []
  for (const at of instants) {
    await fx.setClock(db, at)
    expect(await callAs(db, service, 'run_due_jobs')).not.toMatchObject({ reminders_queued: null })
    counts.push((await letters(one)).length)
  }
  return counts
}
const letters = async (one: jx.Registered) =>
  (
    await db.pool.query<{ subject: string; body: string; misses_at: Date }>(
      `select subject, body, misses_at from app.mail_queue where submission_id = $1 and subject like 'Recordatorio%'`,
      [one.id],
    )
  ).rows

describe('a seat', () => {
  test('is reminded of a day before where nothing was chosen, once, in words that say what to do', async () => {
    const one = await register()
    expect(await remindedAt(one, before(25), before(24), before(24), before(2), before(0.5))).toEqual([
      0, 1, 1, 1, 1,
    ])
    const [letter] = await letters(one)
    expect(letter!.subject).toBe(`Recordatorio de su jornada: folio ${one.row.folio}`)
    expect(letter!.body).toContain('martes 15 de diciembre de 2026, 10:00, hora del centro de México')
    expect(letter!.body).toContain('cancele ese día para que otra persona lo ocupe')
    expect(letter!.misses_at.toISOString()).toBe(new Date(BEGINS).toISOString())
  })

  test('is reminded of at each time that was chosen, and the author reads the choice', async () => {
    const one = await register()
    expect((await jx.contentOf(db, one)).reminders).toEqual(['day'])
    expect(await choose(one, '{week,hour,day,hour}')).toEqual({ reminders: ['day', 'hour', 'week'] })
    expect((await jx.contentOf(db, one)).reminders).toEqual(['day', 'hour', 'week'])
    expect(
      await remindedAt(
        one,
        before(169),
        before(168),
        before(25),
        before(24),
        before(1.5),
        before(1),
        before(0.5),
      ),
    ).toEqual([0, 1, 1, 2, 2, 3, 3])
  })

  test('is reminded of once after the server stood still, by the nearest one', async () => {
    const one = await register()
    await choose(one, '{week,day,hour}')
    expect(await remindedAt(one, before(20), before(19))).toEqual([1, 1])
  })

  test('is not reminded of where that was chosen, nor after its day began', async () => {
    const [none, late] = [await register(), await register()]
    await choose(none, '{}')
    expect(await remindedAt(none, before(24), before(1))).toEqual([0, 0])
    expect(await remindedAt(late, before(0), before(-1))).toEqual([1, 1]) // the one of the day before
  })

  test('is not reminded of at a time that had passed when it was chosen', async () => {
    const one = await register()
    await fx.setClock(db, before(48))
    await choose(one, '{week}')
    expect(await remindedAt(one, before(47), before(1))).toEqual([0, 0])
  })

  test.each([
    ['cancelled', (one: jx.Registered) => jx.author(db, 'registration.cancel_day', one, jx.DAY)],
    ['withdrawn', (one: jx.Registered) => jx.author(db, 'submission.withdraw', one)],
  ])('that was %s is not reminded of', async (_state, act) => {
    const one = await register()
    expect(await act(one)).toBe('applied')
    expect(await remindedAt(one, before(24))).toEqual([0])
  })

  test('of a day that moves is reminded of anew', async () => {
    const one = await register()
    expect(await remindedAt(one, before(24))).toEqual([1])
    const later = '2026-12-22T16:00:00Z'
    await setDay(jx.DAY, later)
    expect(await remindedAt(one, before(25, later), before(24, later))).toEqual([1, 2])
  })

  test('that only waits is not reminded of', async () => {
    await register()
    await register()
    const waiting = await register()
    expect(await remindedAt(waiting, before(24))).toEqual([0])
  })
})

describe('the choice', () => {
  test('needs the folio’s secret, and knows four words', async () => {
    const one = await register()
    expect(await fx.outcome(choose(one, '{day}', fx.newSecret()))).toBe('PT404 submission_unknown')
    expect(await fx.outcome(choose(one, '{month}'))).toBe('PT400 malformed_op')
  })

  test('that changes nothing tells the phones nothing', async () => {
    const one = await register()
    const version = async () =>
      (
        await db.pool.query<{ version: number }>('select version from app.submissions where id = $1', [
          one.id,
        ])
      ).rows[0]!.version
    await choose(one, '{week}')
    const first = await version()
    await choose(one, '{week}')
    expect(await version()).toBe(first)
  })
})

describe('a day without a date', () => {
  async function announce(on_day: string) {
    const { rows } = await db.pool.query<{ row: object; sequence: number }>(
      'select app.day_record(j) as row, sequence from app.jornadas j where id = $1',
      [jx.UNDATED_DAY],
    )
    const payload = { ...rows[0]!.row, on_day, starts_at: null, ends_at: null, reason: 'Ya hay ponente.' }
    for (const key of ['title', 'cancelled_at', 'link']) delete (payload as Record<string, unknown>)[key]
    const rest = { v: 2, expected_version: rows[0]!.sequence }
    return fx.applyOne(db, fx.coordinator, fx.op('jornada.reschedule', jx.UNDATED_DAY, payload, rest))
  }
  const told = async (one: jx.Registered) =>
    (
      await db.pool.query<{ subject: string; body: string }>(
        `select subject, body from app.mail_queue where submission_id = $1 and subject like 'Ya tiene fecha%'`,
        [one.id],
      )
    ).rows

  test('is announced once it has one, to whoever of its group asked for that', async () => {
    await db.pool.query('update app.jornadas set on_day = null, starts_at = null where id = $1', [
      jx.UNDATED_DAY,
    ])
    const { rows } = await db.pool.query<{ class_key: string; day: string }>(
      `select g.class_key, d.id as day from app.jornadas u join app.group_classes g on g.group_id = u.group_id
       join app.jornadas d on d.group_id = u.group_id and d.id <> u.id where u.id = $1 order by d.position limit 1`,
      [jx.UNDATED_DAY],
    )
    await setDay(rows[0]!.day, BEGINS)
    const own = { body_id: await jx.addBody(db, rows[0]!.class_key), jornada_ids: [rows[0]!.day] }
    const [asked, silent, other] = [await register(own), await register(own), await register()]
    await choose(asked, '{day,dates}')
    await choose(other, '{day,dates}')
    expect((await announce('2026-12-18')).status).toBe('applied')
    expect([await told(asked), await told(silent), await told(other)]).toMatchObject([
      [{ body: expect.stringContaining('viernes 18 de diciembre de 2026') }],
      [],
      [],
    ])
  })
})
