/** What the door refuses, and how an arrival that was noted by mistake is taken back. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Actor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as hx from './heldFixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let hour: (hours: hx.Hours) => Promise<Date>
beforeAll(async () => {
  db = await createTestDatabase()
  hour = await hx.clockOf(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await hour(0)
  await jx.setDay(db, jx.DAY, 2, '3 hours')
  await jx.setDay(db, jx.NEXT_DAY, 2, '48 hours')
  await db.pool.query('update app.jornadas set sequence = 0')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const passOf = (one: jx.Registered, day = jx.DAY) =>
  one.row.content.seats.find(({ jornada_id }) => jornada_id === day)!.pass_code!
const enter = async (
  one: jx.Registered,
  payload: Record<string, unknown> = {},
  actor: Actor = fx.doorVolunteer,
) => jx.checkIn(db, actor, one.id, payload)
const undo = (
  one: jx.Registered,
  arrived_at: unknown,
  actor: Actor = fx.doorVolunteer,
  jornada_id = jx.DAY,
) => fx.applyOne(db, actor, fx.op('door.undo_check_in', one.id, { jornada_id, arrived_at }))
const arrivedAt = (verdict: Awaited<ReturnType<typeof enter>>) =>
  (verdict as { row: { checked_in_at: string } }).row.checked_in_at
const eventsOf = async ({ id }: jx.Registered) =>
  (
    (await callAs(db, fx.coordinator, 'review_item', { p_id: id })) as {
      events: { kind: string; actor: string | null }[]
    }
  ).events

describe('a pass at the door of another day', () => {
  test('never checks in: neither its code on the list of today, nor its own day before its doors open', async () => {
    const one = await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    expect(jx.word(await enter(one, { code: passOf(one, jx.NEXT_DAY) }))).toBe('pass_wrong code')
    const early = { jornada_id: jx.NEXT_DAY, code: passOf(one, jx.NEXT_DAY) }
    expect(jx.word(await enter(one, early, fx.coordinator))).toBe('check_in_early')
    expect(await jx.seatsOf(db, [one], jx.NEXT_DAY)).toEqual(['confirmed'])
  })

  test.each([
    [
      'an hour, six hours before it',
      `starts_at = $2::timestamptz + interval '6 hours 1 second', on_day = app.local_day($2::timestamptz + interval '6 hours 1 second')`,
      'check_in_early',
    ],
    [
      'an hour, within six hours',
      `starts_at = $2::timestamptz + interval '6 hours', on_day = app.local_day($2::timestamptz + interval '6 hours')`,
      'applied',
    ],
    [
      'no hour, on its own day',
      `starts_at = null, ends_at = null, on_day = app.local_day($2::timestamptz)`,
      'applied',
    ],
    [
      'no hour, the day before',
      `starts_at = null, ends_at = null, on_day = app.local_day($2::timestamptz) + 1`,
      'check_in_early',
    ],
    [
      'no date',
      `starts_at = null, ends_at = null, on_day = null, sample = ($2::timestamptz is null)`,
      'check_in_early',
    ],
  ])('arrivals of a day with %s, are noted only once its doors are open', async (_, change, expected) => {
    const one = await jx.register(db)
    await db.pool.query(`update app.jornadas set ${change} where id = $1`, [jx.DAY, await hour(0)])
    expect(jx.word(await enter(one))).toBe(expected)
  })
})

describe('an arrival that was noted by mistake', () => {
  const reschedule = async () => {
    const { rows } = await db.pool.query<{ on_day: string }>(
      `select (on_day + 7)::text as on_day from app.jornadas where id = $1`,
      [jx.DAY],
    )
    const payload = {
      on_day: rows[0]!.on_day,
      starts_at: null,
      ends_at: null,
      place: null,
      modality: null,
      capacity: 2,
      reason: 'Obras.',
    }
    return jx.word(
      await fx.applyOne(
        db,
        fx.coordinator,
        fx.op('jornada.reschedule', jx.DAY, payload, { expected_version: 0 }),
      ),
    )
  }

  test('is taken back with its pass, leaves an event, and the day can be moved again', async () => {
    const one = await jx.register(db)
    const at = arrivedAt(await enter(one))
    expect(await reschedule()).toBe('jornada_past')
    const verdict = await undo(one, at)
    expect(verdict).toMatchObject({
      status: 'applied',
      row: { status: 'confirmed', checked_in_at: null, version: 3 },
    })
    expect((await jx.contentOf(db, one)).seats[0]).toMatchObject({
      status: 'confirmed',
      pass_code: passOf(one),
    })
    expect((await eventsOf(one)).at(-1)).toMatchObject({ kind: 'arrival_undone', from_state: 'received' })
    expect((await fx.openFolio(db, one.row.folio, one.secret)).messages).toHaveLength(1)
    expect(await reschedule()).toBe('applied')
  })

  test('is taken back once: again, it changes nothing, and the person can arrive anew', async () => {
    const one = await jx.register(db)
    const at = arrivedAt(await enter(one))
    await undo(one, at)
    expect(await undo(one, at)).toMatchObject({ status: 'applied', row: { status: 'confirmed', version: 3 } })
    await hour(1)
    const again = await enter(one)
    expect(again).toMatchObject({ row: { status: 'attended' } })
    expect(await undo(one, at), 'another arrival stands').toMatchObject({ row: { status: 'attended' } })
    expect((await eventsOf(one)).filter(({ kind }) => kind === 'arrival_undone')).toHaveLength(1)
  })

  test('without signal is taken back by the instant of its claim, and never the arrival that another door noted', async () => {
    const [one, two] = await jx.registerMany(db, 2)
    const claim = (await hour(0.5)).toISOString()
    await enter(one!, { at: claim })
    expect(await undo(one!, claim)).toMatchObject({ row: { status: 'confirmed' } })
    await enter(two!, { at: (await hour(1)).toISOString() }, fx.moderator)
    await enter(two!, { at: claim })
    expect(await undo(two!, claim)).toMatchObject({ row: { status: 'attended' } })
  })

  test('with an instant that could not be true is taken back by whoever noted it', async () => {
    const one = await jx.register(db)
    const claim = '1999-01-01T00:00:00Z'
    await enter(one, { at: claim })
    expect(await undo(one, claim, fx.coordinator)).toMatchObject({ row: { status: 'attended' } })
    expect(await undo(one, claim)).toMatchObject({ row: { status: 'confirmed' } })
  })

  test('of somebody unconfirmed is held anew, and of somebody who withdrew frees the seat', async () => {
    const [held, gone, waiting] = [
      await jx.register(db, { email: hx.newAddress() }),
      await jx.register(db),
      await jx.register(db),
    ]
    const at = arrivedAt(await enter(held))
    await undo(held, at)
    expect((await hx.seatOf(db, held)).held_until).toBeDefined()
    const then = arrivedAt(await enter(gone))
    await jx.author(db, 'submission.withdraw', gone)
    await undo(gone, then)
    expect(await jx.seatsOf(db, [gone, waiting])).toEqual(['cancelled', 'offered'])
  })

  test.each([
    ['an auditor', () => fx.auditor, 'not_allowed'],
    ['an administrator', () => fx.admin, 'not_allowed'],
    ['a volunteer of another day', () => fx.doorVolunteer, 'not_allowed'],
    ['a moderator', () => fx.moderator, 'applied'],
  ])('is taken back by %s: %s', async (name, actor, expected) => {
    const one = await jx.register(db)
    const day = name.includes('another') ? jx.NEXT_DAY : jx.DAY
    const at = arrivedAt(await enter(one))
    expect(jx.word(await undo(one, at, actor(), day))).toBe(expected)
  })
})
