/** Arrivals and departures as several phones note them, and what counts of them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DoorLine, DoorList } from '@/features/jornadas/registration'
import { type Actor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as hx from './heldFixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let hour: (hours: hx.Hours) => Promise<Date>
let other: Actor
beforeAll(async () => {
  db = await createTestDatabase()
  hour = await hx.clockOf(db)
  other = await fx.addStaff(db, 'door', { convocatoria: jx.JORNADAS })
})
beforeEach(async () => {
  await jx.clear(db)
  await hour(0)
  await jx.setDay(db, jx.DAY, 5, '3 hours')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

type Kind = 'door.check_in' | 'door.check_out' | 'door.undo_check_in' | 'door.undo_check_out'
const send = async (kind: Kind, { id }: jx.Registered, payload: object, actor: Actor = fx.doorVolunteer) =>
  fx.applyOne(
    db,
    actor,
    fx.op(kind, id, { jornada_id: jx.DAY, ...payload }, { v: kind === 'door.check_in' ? 2 : 1 }),
  )
const note = async (
  kind: Kind,
  one: jx.Registered,
  hours: number,
  actor?: Actor,
  change: object = {},
): Promise<DoorLine> => {
  const at = new Date((await hour(hours)).getTime()).toISOString()
  const verdict = await send(kind, one, { code: null, at, door: 'Puerta 1', ...change }, actor)
  expect(verdict).toMatchObject({ status: 'applied' })
  return (verdict as unknown as { row: DoorLine }).row
}
const at = async (hours: number) => (await hour(hours)).toISOString().replace('.000Z', '+00:00')
const lineOf = async (one: jx.Registered) =>
  ((await callAs(db, fx.doorVolunteer, 'door_list', { p_jornada: jx.DAY })) as DoorList).items.find(
    ({ submission_id }) => submission_id === one.id,
  )!

describe('two doors without signal', () => {
  test('keep both arrivals: the first that came counts, and the line says who noted each, when and where', async () => {
    const one = await jx.register(db)
    const [early, late] = [await at(1), await at(1.1)]
    await hour(2)
    await send('door.check_in', one, { code: null, at: late, door: 'Puerta 2' }, other)
    const verdict = await send('door.check_in', one, { code: null, at: early, door: ' Puerta\n1 ' })
    const clash = [
      { at: late, by: expect.any(String) as string, door: 'Puerta 2' },
      { at: early, by: expect.any(String) as string, door: 'Puerta 1' },
    ]
    expect(verdict).toMatchObject({ row: { status: 'attended', checked_in_at: late, clash, version: 3 } })
    expect(await lineOf(one)).toMatchObject({ clash })
  })

  test('one phone that notes twice, and a phone of before that names no door, clash with nobody', async () => {
    const one = await jx.register(db)
    await note('door.check_in', one, 1)
    expect(await note('door.check_in', one, 1.2)).not.toHaveProperty('clash')
    const two = await jx.register(db)
    expect(jx.word(await jx.checkIn(db, fx.doorVolunteer, two.id, { at: await at(1) }))).toBe('applied')
    expect(await lineOf(two)).not.toHaveProperty('clash')
  })

  test('when one arrival was a mistake the other one counts, and without another the seat waits again', async () => {
    const one = await jx.register(db)
    const first = await note('door.check_in', one, 1)
    const second = await note('door.check_in', one, 1.1, other, { door: 'Puerta 2' })
    expect(second.checked_in_at).toBe(first.checked_in_at)
    await send('door.undo_check_in', one, { arrived_at: first.checked_in_at })
    const line = await lineOf(one)
    expect(line).toMatchObject({ status: 'attended', checked_in_at: await at(1.1) })
    expect(line).not.toHaveProperty('clash')
    await send('door.undo_check_in', one, { arrived_at: line.checked_in_at }, other)
    expect(await lineOf(one)).toMatchObject({ status: 'confirmed', checked_in_at: null })
  })

  test('what a colleague sends from the same phone keeps who noted it, and is no second note', async () => {
    const one = await jx.register(db)
    const payload = { code: null, at: await at(1), door: 'Puerta 1' }
    await send('door.check_in', one, { ...payload, noted_by: fx.doorVolunteer.sub }, other)
    await send('door.check_in', one, payload)
    const { rows } = await db.pool.query('select noted_by, sent_by from app.door_notes')
    expect(rows).toEqual([{ noted_by: fx.doorVolunteer.sub, sent_by: other.sub }])
    const stranger = await jx.register(db)
    await send('door.check_in', stranger, { ...payload, noted_by: fx.stranger.sub }, other)
    const told = await db.pool.query('select checked_in_by from app.seats where submission_id = $1', [
      stranger.id,
    ])
    expect(told.rows).toEqual([{ checked_in_by: other.sub }])
  })
})

describe('a departure', () => {
  test('is noted once, taken back, and ends when the person comes again', async () => {
    const one = await jx.register(db)
    await note('door.check_in', one, 1)
    expect((await note('door.check_out', one, 2)).left_at).toBe(await at(2))
    await send('door.undo_check_out', one, { left_at: await at(2) })
    expect(await lineOf(one)).not.toHaveProperty('left_at')
    await note('door.check_out', one, 2.5)
    const again = await note('door.check_in', one, 2.6, other)
    expect(again).not.toHaveProperty('left_at')
    expect(again, 'coming again is no clash').not.toHaveProperty('clash')
    expect((await note('door.check_out', one, 4)).left_at).toBe(await at(4))
  })

  test('that comes before the arrival, from another phone, is kept, and the arrival then counts', async () => {
    const one = await jx.register(db)
    expect(await note('door.check_out', one, 3)).toMatchObject({
      status: 'attended',
      checked_in_at: await at(3),
      left_at: await at(3),
    })
    await hour(4)
    await send('door.check_in', one, { code: null, at: await at(1) }, other)
    expect(await lineOf(one)).toMatchObject({ checked_in_at: await at(1), left_at: await at(3) })
  })

  test('of somebody whom nobody saw coming leaves nothing once it is taken back', async () => {
    const one = await jx.register(db)
    const { left_at } = await note('door.check_out', one, 3)
    await send('door.undo_check_out', one, { left_at })
    expect(await lineOf(one)).toMatchObject({ status: 'confirmed', checked_in_at: null })
  })

  test('needs a seat, the right pass and the door of the day', async () => {
    const [one, waiting] = [await jx.register(db), (await jx.registerMany(db, 5)).at(-1)!]
    const out = async (who: jx.Registered, payload: object, actor?: Actor) =>
      jx.word(await send('door.check_out', who, { code: null, at: await at(1), ...payload }, actor))
    expect(await out(waiting, {})).toBe('seat_not_confirmed')
    expect(await out(one, { code: 'otro' })).toBe('pass_wrong code')
    expect(await out(one, { at: 'ahora' })).toBe('malformed_op at')
    expect(await out(one, {}, fx.auditor)).toBe('not_allowed')
    const claim = await at(1)
    await hour(-9)
    expect(jx.word(await send('door.check_out', one, { code: null, at: claim }))).toBe('check_in_early')
  })

  test.each([
    ['nobody noted it', null, null, 120],
    ['at the end, or minutes before it', '2.9', null, 120],
    ['in the middle', '2', null, 60],
    ['in the middle, after an arrival within a quarter of an hour', '2', '1.2', 60],
    ['in the middle, after a late arrival', '2', '1.5', 30],
    ['after the end', '5', '1.5', 90],
    ['before the beginning', '0.5', '0.4', 0],
    ['without an arrival', '2.5', '2.5', 90],
  ])('counts the minutes of the day: %s', async (_, left, came, minutes) => {
    await hour(0)
    const { rows } = await db.pool.query<{ minutes: string }>(
      `select app.minutes_at(
        jsonb_populate_record(null::app.seats, jsonb_build_object('checked_in_at', n + coalesce($2::float, 1) * h,
          'left_at', n + $1::float * h)),
        jsonb_populate_record(null::app.jornadas, jsonb_build_object('starts_at', n + h, 'ends_at', n + 3 * h))) as minutes
       from (select app.now() as n, interval '1 hour' as h) t`,
      [left, came],
    )
    expect(Number(rows[0]!.minutes)).toBe(minutes)
  })
})

test('an unchanged list is answered without its lines, and every note changes its token', async () => {
  const one = await jx.register(db)
  const read = (p_known?: string) =>
    callAs(db, fx.doorVolunteer, 'door_list', { p_jornada: jx.DAY, ...(p_known && { p_known }) }) as Promise<
      DoorList & { token: string; unchanged?: true }
    >
  const { token } = await read()
  expect(await read(token)).toMatchObject({ items: [], unchanged: true, token })
  const tokens = [token]
  for (const [kind, when] of [
    ['door.check_in', 1],
    ['door.check_out', 2],
  ] as const) {
    await note(kind, one, when)
    const next = await read(tokens.at(-1))
    expect(next.items).toHaveLength(1)
    tokens.push(next.token)
  }
  await note('door.check_in', one, 2.1, other, { door: 'Puerta 2' })
  expect((await read(tokens.at(-1))).unchanged).toBeUndefined()
})

test('erasing an attendance erases its notes and hours', async () => {
  const one = await jx.register(db)
  await note('door.check_in', one, 1)
  await note('door.check_out', one, 2)
  await db.pool.query('select app.erase_registration($1)', [one.id])
  const { rows } = await db.pool.query(
    'select s.left_at, s.checked_in_by, (select count(*)::int from app.door_notes) as notes from app.seats s',
  )
  expect(rows).toEqual([{ left_at: null, checked_in_by: null, notes: 0 }])
})
