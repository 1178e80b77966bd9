/** Passes that the key signed: for which seats, that they say what the seat says, and that the door's op takes them. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Seat } from '@/features/jornadas/registration'
import { judgePass, readPass } from '@/features/jornadas/staff/door/passes'
import { passText } from '../../supabase/functions/_shared/signed/passText'
import { signDue } from '../../supabase/functions/sign/due'
import { signerOf } from '../../supabase/functions/sign/keys'
import { callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

const KEYS = { '2026-01-01': '01'.repeat(32) }
const PUBLIC_KEYS = [{ id: '2026-01-01', public_key: signerOf(KEYS)!.publicKey }]

let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await jx.setDay(db, jx.DAY, 2, '3 hours')
  await jx.setDay(db, jx.NEXT_DAY, 2, '12 days')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const asService = async (name: string, args: object) => ({
  status: 200,
  body: await callAs(db, service, name, args as Record<string, unknown>),
})
const signed = async () => ((await signDue(KEYS, asService)).body as { passes: number }).passes
const seatOf = async (one: jx.Registered, day = jx.DAY): Promise<Seat> =>
  (await jx.contentOf(db, one)).seats.find(({ jornada_id }) => jornada_id === day)!
const judge = async (text: string, day = jx.DAY) =>
  judgePass(text, day, [], { keys: PUBLIC_KEYS, listAt: '2026-01-01T00:00:00Z' })

test('a seat has its pass at once, and its signed pass after the next round, with the version it had', async () => {
  const one = await jx.register(db, { body_id: body })
  expect(await seatOf(one)).not.toHaveProperty('pass_signed')
  const logged = async () =>
    (await db.pool.query('select from app.change_log where scope = $1', [`mine:${one.id}`])).rowCount
  const before = await logged()
  expect([await signed(), await signed()]).toEqual([1, 0])
  expect(await logged()).toBe(before! + 1)
  const { pass_signed, pass_code } = await seatOf(one)
  const { rows } = await db.pool.query<{ version: number }>(
    'select version from app.submissions where id = $1',
    [one.id],
  )
  expect(rows[0]!.version).toBe(1)
  const text = passText(pass_signed!)
  const { folio } = one.row
  expect(readPass(text)).toMatchObject({ folio, code: pass_code, signed: { submission_id: one.id } })
  expect(await judge(text)).toMatchObject({ outcome: 'unlisted', submission_id: one.id })
})

test('the op of a door takes a signed pass of somebody its list does not have', async () => {
  const one = await jx.register(db, { body_id: body })
  await signed()
  const { code } = readPass(passText((await seatOf(one)).pass_signed!))!
  expect(jx.word(await jx.checkIn(db, fx.doorVolunteer, one.id, { code: 'f'.repeat(20) }))).toBe(
    'pass_wrong code',
  )
  expect(await jx.checkIn(db, fx.doorVolunteer, one.id, { code })).toMatchObject({
    status: 'applied',
    row: { status: 'attended', folio: one.row.folio },
  })
})

test('a seat that is lost and given again gets another signature; the former pass is refused', async () => {
  const [one, , waiting] = await jx.registerMany(db, 3, { body_id: body })
  expect(await signed()).toBe(2)
  expect(await seatOf(waiting!)).not.toHaveProperty('pass_signed')
  const former = (await seatOf(one!)).pass_signed!
  await jx.author(db, 'registration.cancel_day', one!)
  expect(await seatOf(one!)).not.toHaveProperty('pass_signed')
  const { code } = readPass(passText(former))!
  expect(jx.word(await jx.checkIn(db, fx.doorVolunteer, one!.id, { code }))).toBe('seat_not_confirmed')
  await db.pool.query(
    `update app.seats set status = 'confirmed', given_back = false, pass_code = 'a1b2c3d4e5f60718293a' where submission_id = $1`,
    [one!.id],
  )
  expect(await seatOf(one!)).not.toHaveProperty('pass_signed')
  expect(await signed()).toBe(1)
  expect((await seatOf(one!)).pass_signed).not.toBe(former)
  expect(jx.word(await jx.checkIn(db, fx.doorVolunteer, one!.id, { code }))).toBe('pass_wrong code')
})

test('days online, called off or over need no signature, and staff never read one', async () => {
  const one = await jx.register(db, { body_id: body, jornada_ids: [jx.NEXT_DAY] })
  const unsigned = async (change: string, back: string) => {
    await db.pool.query(`update app.jornadas set ${change} where id = $1`, [jx.NEXT_DAY])
    const count = await signed()
    await db.pool.query(`update app.jornadas set ${back} where id = $1`, [jx.NEXT_DAY])
    return count
  }
  expect(await unsigned(`modality = 'virtual'`, `modality = 'presencial'`)).toBe(0)
  expect(
    await unsigned(`cancelled_at = now(), cancel_reason = 'x'`, `cancelled_at = null, cancel_reason = null`),
  ).toBe(0)
  const { rows } = await db.pool.query<{ after: string }>(
    `select (starts_at + interval '2 days')::text as after from app.jornadas where id = $1`,
    [jx.NEXT_DAY],
  )
  await fx.setClock(db, rows[0]!.after)
  expect(await signed()).toBe(0)
  await fx.setClock(db, null)
  expect(await signed()).toBe(1)
  const staff = await callAs(db, fx.coordinator, 'review_item', { p_id: one.id })
  expect(JSON.stringify(staff)).not.toContain('pass_signed')
})

test('a signature for a code that the seat no longer has is not kept', async () => {
  const one = await jx.register(db, { body_id: body })
  const late: typeof asService = async (name, args) => {
    if (name === 'settle_passes')
      await db.pool.query(`update app.seats set pass_code = $2 where submission_id = $1`, [
        one.id,
        '0'.repeat(20),
      ])
    return asService(name, args)
  }
  await signDue(KEYS, late)
  expect(await seatOf(one)).not.toHaveProperty('pass_signed')
})
