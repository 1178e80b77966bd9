/** Registrations that wait for staff, staff who confirm by telephone, people who register twice, and alerts. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DeskAlert } from '@/domain/staffRows'
import type { DoorList } from '@/features/jornadas/registration'
import type { SetApartPage } from '@/features/jornadas/registrationList'
import { type Actor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as hx from './heldFixtures'
import * as jx from './jornadaFixtures'

const CAP = 10

let db: TestDatabase
let body: string
let hour: (hours: hx.Hours) => Promise<Date>
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
  hour = await hx.clockOf(db)
})
beforeEach(async () => {
  await jx.clear(db)
  await hour(0)
  await jx.setDay(db, jx.DAY, 12, '20 days')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const invented = (change = {}) => jx.register(db, { body_id: body, email: hx.newAddress(), ...change })
async function many(count: number, change = {}) {
  const all: jx.Registered[] = []
  for (let i = 0; i < count; i++) all.push(await invented(change))
  return all
}
const states = (...all: jx.Registered[]) => jx.seatsOf(db, all)
const seat = (one: jx.Registered) => hx.seatOf(db, one)
const taken = async () =>
  (await db.pool.query<{ n: number }>('select app.seats_taken($1) as n', [jx.DAY])).rows[0]!.n
const list = (args = {}, actor: Actor = fx.moderator) =>
  callAs(db, actor, 'list_set_apart', args) as Promise<SetApartPage>
const admit = (all: readonly jx.Registered[], actor: Actor = fx.moderator) =>
  callAs(db, actor, 'admit_registrations', { p_ids: `{${all.map(({ id }) => id).join()}}` }) as Promise<{
    admitted: number
  }>
const telephone = async (id: string, actor: Actor = fx.moderator) =>
  jx.word(await fx.applyOne(db, actor, fx.op('registration.confirm', id, {})))
const alerts = async (actor: Actor = fx.moderator) =>
  ((await callAs(db, actor, 'desk_alerts')) as { items: DeskAlert[] }).items

describe('the unconfirmed people of one body on one day', () => {
  test('beyond ten they are received and set apart: a folio, no seat, no place taken from others', async () => {
    const all = await many(CAP + 3)
    expect(new Set(all.map(({ row }) => row.folio)).size).toBe(CAP + 3)
    expect(await taken()).toBe(CAP)
    expect(await seat(all[CAP]!)).toMatchObject({ status: 'waiting', set_apart: true, pass_code: null })
    expect((await jx.lettersTo(db, all[CAP]!.id))[0]!.body).toContain('la revisa el equipo')
    const other = await jx.register(db, { email: hx.newAddress() })
    expect(await states(other)).toEqual(['confirmed'])
    expect((await list()).items.map(({ id }) => id).sort()).toEqual(
      all
        .slice(CAP)
        .map(({ id }) => id)
        .sort(),
    )
    expect((await list()).bodies).toMatchObject([{ id: body, count: 3 }])
  })

  test('a confirmed address leaves the count, and admits what was set apart in its order', async () => {
    const email = hx.newAddress()
    const all = await many(CAP)
    const [apart, behind] = [await invented({ email }), await invented()]
    await hx.confirm(db, email)
    expect((await hx.runJobs(db))['seats_admitted']).toBe(1)
    expect(await states(apart)).toEqual(['confirmed'])
    expect((await seat(apart)).held_until).toBeUndefined()
    expect(await seat(behind)).toMatchObject({ set_apart: true })
    await telephone(all[0]!.id)
    expect(await seat(await invented())).not.toHaveProperty('set_apart')
  })

  test('staff admit singly or in bulk, by arrival: a seat while there is room, then the line before later people', async () => {
    const all = await many(CAP + 3)
    const late = await jx.register(db)
    const later = await jx.register(db)
    const last = await jx.register(db)
    expect(await states(late, later, last)).toEqual(['confirmed', 'confirmed', 'waiting 1'])
    expect(await admit([all[CAP + 1]!])).toEqual({ admitted: 1 })
    expect(await states(all[CAP + 1]!, last)).toEqual(['waiting 1', 'waiting 2'])
    expect(await admit(all.slice(CAP))).toEqual({ admitted: 2 })
    expect(await admit(all.slice(CAP))).toEqual({ admitted: 0 })
    expect(await states(...all.slice(CAP), last)).toEqual([
      'waiting 1',
      'waiting 2',
      'waiting 3',
      'waiting 4',
    ])
    expect(await taken()).toBe(12)
    const row = await fx.openFolio(db, all[CAP]!.row.folio, all[CAP]!.secret)
    expect(row.messages.at(-1)).toMatchObject({
      from: 'staff',
      text: expect.stringContaining('orden de llegada'),
    })
  })

  test('an admitted unconfirmed person holds a seat with a term from then on', async () => {
    const all = await many(CAP + 1)
    await hour(2)
    await admit([all[CAP]!])
    expect(await states(all[CAP]!)).toEqual(['confirmed'])
    const until = (await hour(26)).toISOString()
    expect(new Date((await seat(all[CAP]!)).held_until!).toISOString()).toBe(until)
  })

  test('whoever decides on a campaign admits, and whoever reads it lists', async () => {
    const all = await many(CAP + 1)
    const elsewhere = await fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN })
    expect((await list({}, elsewhere)).items).toEqual([])
    expect(await admit(all, elsewhere)).toEqual({ admitted: 0 })
    expect((await list({}, fx.auditor)).items).toHaveLength(1)
    await expect(admit(all, fx.auditor)).rejects.toMatchObject({ message: 'not_allowed' })
    expect((await list({ p_body: randomUUID() })).items).toEqual([])
  })

  test('a registration whose address no letter can reach waits for staff, who confirm it by telephone', async () => {
    const one = await invented({ email: 'ana@straße.example' })
    expect(await seat(one)).toMatchObject({ status: 'waiting', set_apart: true })
    expect(await telephone(one.id)).toBe('applied')
    expect(await states(one)).toEqual(['confirmed'])
    expect((await seat(one)).held_until).toBeUndefined()
  })

  test('a withdrawn one leaves the list, and a day that is called off and restored sets the same people apart', async () => {
    const all = await many(CAP + 2)
    await jx.author(db, 'submission.withdraw', all[CAP]!)
    expect((await list()).items.map(({ id }) => id)).toEqual([all[CAP + 1]!.id])
    await db.pool.query('select app.call_off_seats($1)', [jx.DAY])
    expect(await states(all[CAP + 1]!)).toEqual(['cancelled'])
    await db.pool.query('select app.bring_back_seats(j) from app.jornadas j where id = $1', [jx.DAY])
    expect(await seat(all[CAP + 1]!)).toMatchObject({ set_apart: true })
    expect(await taken()).toBe(CAP)
  })
})

describe('confirming by telephone', () => {
  test('ends the term of all seats, and is an event that the author reads without a name', async () => {
    const one = await invented()
    expect(await telephone(one.id)).toBe('applied')
    expect(await telephone(one.id)).toBe('applied')
    expect((await seat(one)).held_until).toBeUndefined()
    const { messages } = await fx.openFolio(db, one.row.folio, one.secret)
    expect(messages.filter(({ from }) => from === 'staff')).toMatchObject([
      { text: expect.stringContaining('por teléfono') },
    ])
  })

  test.each([
    ['coordinator', () => fx.coordinator, 'applied'],
    ['auditor', () => fx.auditor, 'not_allowed'],
    ['door volunteer', () => fx.doorVolunteer, 'not_allowed'],
    [
      'moderator of another campaign',
      () => fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN }),
      'not_allowed',
    ],
  ])('by a %s is answered by their role', async (_, actor, expected) => {
    expect(await telephone((await invented()).id, await actor())).toBe(expected)
  })

  test('of a withdrawn registration or of another kind is refused', async () => {
    const one = await invented()
    await jx.author(db, 'submission.withdraw', one)
    expect(await telephone(one.id)).toBe('transition_invalid')
    expect(await telephone((await fx.submit(db)).id)).toBe('transition_invalid')
  })
})

describe('somebody who is registered already', () => {
  const email = 'victima@edomex.example'
  const shape = ({ row }: jx.Registered) => {
    const { id: _, folio: __, content, ...rest } = row
    const seats = content.seats.map((one) => ({ ...one, pass_code: one.pass_code?.length }))
    return { ...rest, content: { ...content, seats } }
  }
  test.each([
    ['an unconfirmed address', 12, false],
    ['a confirmed address', 12, true],
    ['a full day', 1, false],
  ])('is answered like somebody new, with %s, and takes no second seat', async (_, capacity, isConfirmed) => {
    await jx.setDay(db, jx.DAY, capacity, '20 days')
    const one = await invented({ email })
    if (isConfirmed) await hx.confirm(db, email)
    const before = await taken()
    const again = await invented({ email })
    expect(await taken()).toBe(before)
    const stranger = hx.newAddress()
    if (isConfirmed) await hx.confirm(db, stranger)
    expect(shape(again)).toEqual(shape(await invented({ email: stranger })))
    expect(shape(again).content.seats[0]!.status).toBe(capacity > 1 ? 'confirmed' : 'waiting')
    await jx.author(db, 'registration.cancel_day', again)
    expect(await states(one)).toEqual(['confirmed'])
    await db.pool.query('delete from app.mail_addresses where true')
  })

  test('learns it from the letter alone, which names the folio that counts', async () => {
    const one = await invented({ email })
    const again = await invented({ email })
    const [letter] = await jx.lettersTo(db, again.id)
    expect(letter!.body).toContain(`Vale esa, con folio ${one.row.folio}`)
    expect(letter!.body).toContain('Recuperar mi enlace')
    expect(JSON.stringify(await fx.openFolio(db, again.row.folio, again.secret))).not.toContain(one.row.folio)
    const item = await callAs(db, fx.moderator, 'review_item', { p_id: again.id })
    expect(JSON.stringify(item)).toContain(`"repeats":"${one.row.folio}"`)
  })

  test('enters with either pass, once, and is one line of the door’s list', async () => {
    const one = await invented({ email })
    const { pass_code } = await seat(await invented({ email }))
    const door = (await callAs(db, fx.moderator, 'door_list', { p_jornada: jx.DAY })) as DoorList
    expect(door.items).toHaveLength(1)
    expect(door.items[0]!.also).toHaveLength(1)
    await jx.setDay(db, jx.DAY, 12, '3 hours')
    const enter = async (code: string | null) => jx.word(await jx.checkIn(db, fx.moderator, one.id, { code }))
    expect(await enter('ffff')).toBe('pass_wrong code')
    expect(await enter(pass_code)).toBe('applied')
    expect(await states(one)).toEqual(['attended'])
  })

  test('keeps the seat with the second registration when the first is cancelled', async () => {
    await jx.setDay(db, jx.DAY, 1, '20 days')
    const one = await invented({ email })
    const again = await invented({ email })
    const next = await jx.register(db)
    expect(await states(again, next)).toEqual(['waiting 1', 'waiting 1'])
    await jx.author(db, 'submission.withdraw', one)
    expect(await states(one, again, next)).toEqual(['cancelled', 'offered', 'waiting 1'])
    await jx.setDay(db, jx.NEXT_DAY, 5, '20 days')
    const both = [await invented({ email: 'b@x.example', jornada_ids: [jx.NEXT_DAY] })]
    both.push(await invented({ email: 'b@x.example', jornada_ids: [jx.NEXT_DAY] }))
    await jx.author(db, 'registration.cancel_day', both[0]!, jx.NEXT_DAY)
    expect(await jx.seatsOf(db, both, jx.NEXT_DAY)).toEqual(['cancelled', 'confirmed'])
  })

  test('is another person with another name from the same address, such as that of a liaison', async () => {
    await invented({ email, display_name: 'Ana Pérez' })
    await invented({ email, display_name: 'Luis Pérez' })
    expect(await taken()).toBe(2)
  })
})

describe('alerts', () => {
  test('name the body over its cap, and a line that is long beside its hall, until they are settled', async () => {
    expect(await alerts()).toEqual([])
    const all = await many(CAP + 2)
    expect(await alerts()).toMatchObject([{ kind: 'set_apart', count: 2, convocatoria_id: jx.JORNADAS }])
    await admit(all)
    expect(await alerts()).toEqual([])
    await jx.setDay(db, jx.DAY, 14, '20 days')
    for (let i = 0; i < 12; i++) await jx.register(db)
    expect(await alerts()).toMatchObject([{ kind: 'line', count: 10, capacity: 14 }])
    expect(await alerts(await fx.addStaff(db, 'moderator', { convocatoria: fx.OPEN }))).toEqual([])
    await expect(alerts(fx.doorVolunteer)).rejects.toMatchObject({ message: 'not_allowed' })
  })

  test('of a flood count what went to quarantine within an hour, from sixty on', async () => {
    const sent: string[] = []
    for (let i = 0; i < 60; i++) sent.push((await fx.submit(db)).id)
    const hold = (count: number) =>
      db.pool.query('update app.submissions set quarantined_at = app.now() where id = any ($1)', [
        sent.slice(0, count),
      ])
    await hold(59)
    expect(await alerts()).toEqual([])
    await hold(60)
    expect(await alerts()).toMatchObject([{ kind: 'flood', count: 60, convocatoria_id: fx.OPEN }])
    await hour(1.1)
    expect(await alerts()).toEqual([])
    await db.pool.query('update app.submissions set quarantined_at = null where id = any ($1)', [sent])
  })

  test('reach the coordinators in one letter a day', async () => {
    await db.pool.query('delete from app.alert_letters where true')
    await many(CAP + 1)
    const letters = async () =>
      (await db.pool.query<{ body: string }>(`select body from app.mail_queue where subject like 'Revise%'`))
        .rows
    await hx.runJobs(db)
    const [letter] = await letters()
    expect(letter!.body).toMatch(/1 inscripción sin confirmar espera al equipo: de Secretaría de prueba/)
    const first = (await letters()).length
    await hour(20)
    await hx.runJobs(db)
    expect((await letters()).length).toBe(first)
    await hour(25)
    await hx.runJobs(db)
    expect((await letters()).length).toBe(first * 2)
  })
})
