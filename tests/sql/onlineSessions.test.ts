/** A session online: its link is for whoever has a seat, from an hour before, and opening it notes the arrival. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

const LINK = 'https://sala.example/1'
let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await jx.setDay(db, jx.DAY, 1)
  await make('virtual', null, LINK)
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const make = (modality: string, online: number | null, link: string | null) =>
  db.pool.query('update app.jornadas set modality = $2, online_capacity = $3, link = $4 where id = $1', [
    jx.DAY,
    modality,
    online,
    link,
  ])
const register = (change: object = {}) => jx.register(db, { body_id: body, ...change })
const at = async (interval: string) => fx.setClock(db, await fx.shift(db, new Date().toISOString(), interval))
const join = (one: jx.Registered, p_secret = one.secret) =>
  callAs(db, anon, 'join_day', { p_folio: one.row.folio, p_secret, p_jornada: jx.DAY }).then(
    (answer) => (answer as { link: string }).link,
    (error: Error) => error.message,
  )
const seatOf = async (one: jx.Registered) => (await jx.contentOf(db, one)).seats[0]!

test('an hour before, the link comes with the row and by the call, which notes the arrival once', async () => {
  const one = await register()
  await at('9 days 22 hours 55 minutes')
  expect(await join(one)).toBe('check_in_early')
  expect((await seatOf(one)).link).toBeNull()
  await at('9 days 23 hours 1 minute')
  expect(await seatOf(one)).toMatchObject({ link: LINK, status: 'confirmed' })
  expect(await join(one)).toBe(LINK)
  const { rows } = await db.pool.query('select checked_in_at as at, checked_in_by as by from app.seats')
  expect(rows[0].by).toBeNull()
  expect(await seatOf(one)).toMatchObject({ link: LINK, status: 'attended' })
  await at('10 days')
  expect(await join(one)).toBe(LINK)
  expect((await db.pool.query('select checked_in_at as at from app.seats')).rows[0].at).toEqual(rows[0].at)
})

test('who waits, a stranger, a day in a hall, one without a link and one that was called off get no link', async () => {
  const [one, waits] = [await register(), await register()]
  await at('9 days 23 hours 30 minutes')
  expect(await join(waits)).toBe('seat_not_confirmed')
  expect(await join(one, fx.newSecret())).toBe('submission_unknown')
  await make('virtual', null, null)
  expect(await join(one)).toBe('transition_invalid')
  await make('presencial', 5, LINK)
  expect(await join(one)).toBe('seat_not_confirmed')
  expect((await seatOf(one)).link).toBeNull()
  await make('virtual', null, LINK)
  await db.pool.query(`update app.jornadas set cancelled_at = app.now(), cancel_reason = 'x' where id = $1`, [
    jx.DAY,
  ])
  expect(await join(one)).toBe('jornada_cancelled')
  await db.pool.query('update app.jornadas set cancelled_at = null, cancel_reason = null where id = $1', [
    jx.DAY,
  ])
})

test('of a day in both modalities the seats online alone have the link', async () => {
  await make('presencial', 1, LINK)
  const [here, online] = [await register(), await register({ online_ids: [jx.DAY] })]
  await at('9 days 23 hours 30 minutes')
  expect([await join(here), await join(online)]).toEqual(['seat_not_confirmed', LINK])
})

test('whoever registered twice attends with the seat that counts', async () => {
  const one = await register()
  const { rows } = await db.pool.query<{ email: string }>(
    'select email from app.contacts where submission_id = $1',
    [one.id],
  )
  await jx.setDay(db, jx.DAY, 5)
  const again = await register({ email: rows[0]!.email })
  await at('9 days 23 hours 30 minutes')
  expect(await join(again)).toBe(LINK)
  expect(await jx.seatsOf(db, [one, again])).toEqual(['attended', 'confirmed'])
})

test('after the session nobody gets the link by the call', async () => {
  const one = await register()
  await db.pool.query(`update app.jornadas set ends_at = starts_at + interval '2 hours' where id = $1`, [
    jx.DAY,
  ])
  await at('10 days 2 hours 1 minute')
  expect(await join(one)).toBe('jornada_past')
  expect(await jx.seatsOf(db, [one])).toEqual(['confirmed'])
})
