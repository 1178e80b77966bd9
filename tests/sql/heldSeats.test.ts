/** Seats of unconfirmed people: held until the same hour of the next business day, and lost only to somebody who waits. */
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as hx from './heldFixtures'
import * as jx from './jornadaFixtures'

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
  await jx.setDay(db, jx.DAY, 1, '20 days')
  await jx.setDay(db, jx.NEXT_DAY, 5, '21 days')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const invented = (change = {}) => jx.register(db, { body_id: body, email: hx.newAddress(), ...change })
const known = () => jx.register(db, { body_id: body })
const states = (...all: jx.Registered[]) => jx.seatsOf(db, all)
const seat = (one: jx.Registered, day?: string) => hx.seatOf(db, one, day)
/** Runs the jobs ten hours before an instant, when a reminder is due, and at it. */
async function jobsAt(hours: hx.Hours) {
  await hour(hours - 10)
  await hx.runJobs(db)
  await hour(hours)
  return (await hx.runJobs(db))['holds_lapsed']
}

describe('the term of a seat', () => {
  test.each([
    ['Monday at noon', 0, 24],
    ['Friday at noon', 96, 168],
    ['Saturday at 11', 119, 167],
    ['Sunday at 23', 155, 179],
    ['Thursday before a holiday', 72, 168],
  ])('registered on %s it ends at the same hour of the next business day', async (_, at, ends) => {
    if (ends - at === 96)
      await db.pool.query(`insert into app.holidays select app.local_day($1::timestamptz), 'Asueto'`, [
        await hour(96),
      ])
    const until = await hour(ends)
    await hour(at)
    expect((await seat(await invented())).held_until).toBe(until.toISOString().replace('.000Z', '+00:00'))
    await db.pool.query('delete from app.holidays where true')
  })

  test('begins when the server receives a registration that a phone had kept for days', async () => {
    const [payload, secret] = [
      await jx.registration(db, { body_id: body, email: hx.newAddress() }),
      fx.newSecret(),
    ]
    const op = fx.op('registration.submit', crypto.randomUUID(), payload, { secret })
    const until = await hour(48)
    await hour(24)
    const verdict = await fx.applyOne(db, anon, { ...op, captured_at: '2020-01-01T10:00:00.000Z' })
    expect(JSON.stringify(verdict)).toContain(until.toISOString().slice(0, 16))
  })

  test('a confirmed address has no term, wherever it was confirmed', async () => {
    expect((await seat(await known())).held_until).toBeUndefined()
  })
})

describe('a term that is over', () => {
  test('the seat stays where nobody waits, for as long as nobody waits', async () => {
    const one = await invented()
    expect(await jobsAt(25)).toBe(0)
    expect(await jobsAt(24 * 9)).toBe(0)
    expect(await states(one)).toEqual(['confirmed'])
    const next = await known()
    expect((await hx.runJobs(db))['holds_lapsed']).toBe(1)
    expect(await states(one, next)).toEqual(['waiting 1', 'offered'])
  })

  test('the seat is offered to the first who waits, and its person waits at the end with folio and answers', async () => {
    const one = await invented()
    const [first, second] = [await known(), await known()]
    expect(await jobsAt(23.9)).toBe(0)
    expect(await states(one, first)).toEqual(['confirmed', 'waiting 1'])
    expect(await jobsAt(24)).toBe(1)
    expect(await states(one, first, second)).toEqual(['waiting 2', 'offered', 'waiting 1'])
    expect(await seat(one)).toMatchObject({ lapsed: true, pass_code: null })
    const row = await fx.openFolio(db, one.row.folio, one.secret)
    expect(row.content).toMatchObject({ post: one.row.content.post })
    expect(row.messages.at(-1)).toMatchObject({
      from: 'system',
      text: expect.stringContaining('otra persona esperaba'),
    })
    expect(await hx.subjectsTo(db, one.id)).toEqual([
      'Recibimos su inscripción',
      'Confirme su correo para conservar su lugar',
      'Su lugar pasó a quien esperaba',
    ])
    expect(await jx.author(db, 'registration.accept_offer', first)).toBe('applied')
    expect((await seat(first)).held_until).toBeUndefined()
  })

  test('no more seats lapse than people wait, and lapsed people take no seat from others', async () => {
    await jx.setDay(db, jx.DAY, 3, '20 days')
    const held = [await invented(), await invented(), await invented()]
    const one = await known()
    expect(await jobsAt(25)).toBe(1)
    expect(await states(...held, one)).toEqual(['waiting 1', 'confirmed', 'confirmed', 'offered'])
    expect(await jobsAt(27)).toBe(0)
    const later = await known()
    expect((await hx.runJobs(db))['holds_lapsed']).toBe(1)
    expect(await states(held[0]!, held[1]!, later)).toEqual(['waiting 1', 'waiting 2', 'offered'])
  })

  test('a lapsed person who confirms waits by arrival again, and an accepted offer is no longer held', async () => {
    const email = hx.newAddress()
    const one = await invented({ email })
    const first = await known()
    await jobsAt(24)
    const stranger = await known()
    expect(await states(one, stranger)).toEqual(['waiting 2', 'waiting 1'])
    await hx.confirm(db, email)
    expect(await states(one, stranger)).toEqual(['waiting 1', 'waiting 2'])
    await jx.author(db, 'registration.cancel_day', first)
    expect(await jx.author(db, 'registration.accept_offer', one)).toBe('applied')
    expect(await jobsAt(70)).toBe(0)
    expect(await states(one)).toEqual(['confirmed'])
  })

  test('an unconfirmed person who accepts an offer has answered: the seat has no term', async () => {
    const [first, one] = [await known(), await invented()]
    await known()
    await jx.author(db, 'registration.cancel_day', first)
    expect(await jx.author(db, 'registration.accept_offer', one)).toBe('applied')
    expect((await seat(one)).held_until).toBeUndefined()
    expect(await jobsAt(60)).toBe(0)
    expect(await states(one)).toEqual(['confirmed'])
  })

  test('nothing lapses when it is too late to offer the seat, or before the reminder is two hours old', async () => {
    const one = await invented()
    await known()
    await hour(30)
    expect((await hx.runJobs(db))['holds_lapsed']).toBe(0)
    await hour(31.9)
    expect((await hx.runJobs(db))['holds_lapsed']).toBe(0)
    await jx.setDay(db, jx.DAY, 1, '90 minutes')
    await hour(32.1)
    expect((await hx.runJobs(db))['holds_lapsed']).toBe(0)
    await jx.setDay(db, jx.DAY, 1, '4 hours')
    expect((await hx.runJobs(db))['holds_lapsed']).toBe(1)
    expect(await states(one)).toEqual(['waiting 1'])
  })
})

describe('confirming', () => {
  test('the tap in a letter, or the code that recovers links, keeps all seats of the address', async () => {
    const email = hx.newAddress()
    const one = await invented({ email, jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    await known()
    const { rows } = await db.pool.query<{ token: string }>(
      'select app.mail_token(app.address_key($1)) as token',
      [email],
    )
    await callAs(db, anon, 'choose_mail', { p_token: rows[0]!.token, p_choice: 'confirm' })
    expect(await jobsAt(48)).toBe(0)
    expect(await states(one)).toEqual(['confirmed'])
    expect((await seat(one, jx.NEXT_DAY)).held_until).toBeUndefined()
    expect(await hx.subjectsTo(db, one.id)).not.toContain('Confirme su correo para conservar su lugar')
  })

  test('one address speaks for ten people of a campaign, and staff confirm the others', async () => {
    const email = hx.newAddress()
    await jx.setDay(db, jx.DAY, 20, '20 days')
    const people: jx.Registered[] = []
    for (let i = 0; i < 12; i++)
      people.push(await jx.register(db, { email, display_name: `Persona ${String.fromCodePoint(65 + i)}` }))
    await hx.confirm(db, email)
    const held = async () =>
      (await Promise.all(people.map((one) => seat(one)))).filter(({ held_until }) => held_until).length
    expect(await held()).toBe(2)
    people.push(await jx.register(db, { email, display_name: 'Otra' }))
    expect(await held()).toBe(3)
  })

  test('there is one reminder, with day, hour and how to confirm, and none to somebody confirmed', async () => {
    await jx.setDay(db, jx.DAY, 2, '20 days')
    const [one, sure] = [await invented({ jornada_ids: [jx.DAY, jx.NEXT_DAY] }), await known()]
    await hour(3.9)
    await hx.runJobs(db)
    expect(await hx.subjectsTo(db, one.id)).toHaveLength(1)
    for (const at of [4.1, 10, 23, 40]) {
      await hour(at)
      await hx.runJobs(db)
    }
    const letters = await jx.lettersTo(db, one.id)
    expect(letters).toHaveLength(2)
    expect(letters[1]!.body).toMatch(/apartado hasta el martes \d+ de .*, 12:00, hora del centro de México/)
    expect(letters[1]!.body).toContain('Sí, es mi correo')
    expect(await hx.subjectsTo(db, sure.id)).toEqual(['Recibimos su inscripción'])
    const late = await invented()
    await hour(24 * 22)
    await hx.runJobs(db)
    expect(await hx.subjectsTo(db, late.id)).toEqual(['Recibimos su inscripción'])
  })
})

test('no sequence of acts, terms and confirmations exceeds the capacity, takes a seat from a confirmed person, or breaks the order', async () => {
  const act = fc.record({
    who: fc.nat(5),
    what: fc.constantFrom('cancel', 'accept', 'withdraw', 'undo', 'confirm', 'time', 'again'),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(act, { maxLength: 12 }),
      async (capacity, acts) => {
        await jx.clear(db)
        let now = 0
        await hour(now)
        await jx.setDay(db, jx.DAY, capacity, '50 days')
        const emails = Array.from({ length: 6 }, hx.newAddress)
        const all: jx.Registered[] = []
        for (const email of emails) all.push(await invented({ email }))
        const sure = new Set<number>()
        for (const { who, what } of acts) {
          const before = await states(...all)
          if (what === 'cancel') await jx.author(db, 'registration.cancel_day', all[who]!)
          if (what === 'accept') await jx.author(db, 'registration.accept_offer', all[who]!)
          if (what === 'withdraw') await jx.author(db, 'submission.withdraw', all[who]!)
          if (what === 'undo') await jx.author(db, 'submission.undo_withdraw', all[who]!)
          if (what === 'again') await invented({ email: emails[who] })
          if (what === 'confirm') await hx.confirm(db, emails[who]!)
          if (what === 'confirm') sure.add(who)
          if (what === 'time') {
            for (const step of [5, 4, 16]) {
              await hour((now += step))
              await hx.runJobs(db)
            }
            const after = await states(...all)
            for (const one of sure)
              if (before[one] === 'confirmed') expect([one, after[one]]).toEqual([one, 'confirmed'])
          }
          const { rows } = await db.pool.query<{ taken: number; waiting: number; people: number }>(
            `select app.seats_taken($1) as taken, count(*) filter (where s.status = 'waiting')::int as waiting,
             count(*) filter (where s.status in ('waiting', 'offered', 'confirmed'))::int
               - count(distinct r.person_key) filter (where s.status in ('waiting', 'offered', 'confirmed'))::int as people
           from app.seats s join app.registrations r using (submission_id) where s.jornada_id = $1`,
            [jx.DAY],
          )
          expect(rows[0]!.taken).toBeLessThanOrEqual(capacity)
          expect(rows[0]!.people).toBe(0)
          if (rows[0]!.taken < capacity) expect(rows[0]!.waiting).toBe(0)
        }
      },
    ),
    { numRuns: 12 },
  )
})
