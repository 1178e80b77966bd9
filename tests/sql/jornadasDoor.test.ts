/** The attendance list and the calendar of days, as staff of each role read and change them. */
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DoorLine, DoorList, JornadaDay } from '@/features/jornadas/registration'
import { type Actor, anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
})
beforeEach(async () => {
  await db.pool.query('alter table app.jornada_changes disable trigger user')
  await db.pool.query('delete from app.jornada_changes')
  await db.pool.query('alter table app.jornada_changes enable trigger user')
  await jx.clear(db)
  await jx.setDay(db, jx.DAY, 2, '3 hours')
  await jx.setDay(db, jx.NEXT_DAY, 2, '12 days')
  await db.pool.query('update app.jornadas set sequence = 0')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const list = (actor: Actor, p_jornada = jx.DAY) =>
  callAs(db, actor, 'door_list', { p_jornada }) as Promise<DoorList>
const days = async (actor: Actor) =>
  ((await callAs(db, actor, 'jornada_days')) as { items: JornadaDay[] }).items
const passOf = (one: jx.Registered) => one.row.content.seats[0]!.pass_code!
const at = '2026-11-20T16:00:00+00:00'
const beginDay = (starts: string, ends: string | null = null) =>
  db.pool.query(
    `update app.jornadas set starts_at = $2, ends_at = $3, on_day = app.local_day($2::timestamptz) where id = $1`,
    [jx.DAY, starts, ends],
  )

describe('the attendance list', () => {
  test('the list of a day holds its confirmed and offered seats by name, with the hash of each pass', async () => {
    const zoe = await jx.register(db, { body_id: body, display_name: 'Zoe' })
    const gone = await jx.register(db, { body_id: body, display_name: 'Luz' })
    const ana = await jx.register(db, { body_id: body, display_name: 'Ana' })
    await jx.author(db, 'registration.cancel_day', gone)
    const { jornada, items } = await list(fx.doorVolunteer)
    expect(jornada).toMatchObject({ id: jx.DAY, capacity: 2, seats_left: 0, sequence: 0 })
    expect(items.map(({ name, status }) => [name, status])).toEqual([
      ['Ana', 'offered'],
      ['Zoe', 'confirmed'],
    ])
    expect(items[1]).toEqual({
      submission_id: zoe.id,
      folio: zoe.row.folio,
      name: 'Zoe',
      body: zoe.row.content.body_name,
      status: 'confirmed',
      pass_hash: createHash('sha256').update(passOf(zoe)).digest('hex'),
      checked_in_at: null,
      version: 1,
    })
    expect(items[0]).toMatchObject({ submission_id: ana.id, pass_hash: null })
  })

  test('the pages of a list hold every line once, and a call without pages answers the whole list', async () => {
    await jx.registerMany(db, 5, { body_id: body })
    const read: DoorLine[] = []
    let next: number | null | undefined = null
    do {
      const args = { p_jornada: jx.DAY, p_after: next, p_limit: 2 }
      const page = (await callAs(db, fx.doorVolunteer, 'door_list', args)) as DoorList
      read.push(...page.items)
      next = page.next
    } while (next !== null)
    const whole = await list(fx.doorVolunteer)
    expect(whole.items).toHaveLength(5)
    expect(whole.next).toBeNull()
    const byFolio = (lines: DoorLine[]) => lines.toSorted((a, b) => a.folio.localeCompare(b.folio))
    expect(byFolio(read)).toEqual(byFolio(whole.items))
  })

  test('a volunteer of one day sees that day only, and no registration', async () => {
    const { id } = await jx.register(db, { body_id: body })
    expect((await days(fx.doorVolunteer)).map((day) => day.id)).toEqual([jx.DAY])
    expect(await fx.outcome(list(fx.doorVolunteer, jx.NEXT_DAY))).toBe('PT403 not_allowed')
    expect(await fx.outcome(callAs(db, fx.doorVolunteer, 'review_item', { p_id: id }))).toBe(
      'PT403 not_allowed',
    )
    expect(await callAs(db, fx.doorVolunteer, 'staff_me')).toMatchObject({
      roles: [{ role: 'door', convocatoria_id: jx.JORNADAS, jornada_id: jx.DAY }],
    })
  })

  test('each role can read the list, check in and move the day exactly as the table says', async () => {
    const { id } = await jx.register(db, { body_id: body })
    const actors: [string, Actor, string, string, string][] = [
      ['a door volunteer of the day', fx.doorVolunteer, 'ok', 'pass_wrong code', 'not_allowed'],
      ['a door volunteer of all days', await fx.addStaff(db, 'door'), 'ok', 'pass_wrong code', 'not_allowed'],
      [
        'a door volunteer of another campaign',
        await fx.addStaff(db, 'door', { convocatoria: fx.OPEN }),
        'PT403 not_allowed',
        'not_allowed',
        'not_allowed',
      ],
      ['a moderator', fx.moderator, 'ok', 'pass_wrong code', 'not_allowed'],
      ['a coordinator', fx.coordinator, 'ok', 'pass_wrong code', 'malformed_op expected_version'],
      ['an auditor', fx.auditor, 'ok', 'not_allowed', 'not_allowed'],
      ['an administrator', await fx.addStaff(db, 'admin'), 'PT403 not_allowed', 'not_allowed', 'not_allowed'],
      [
        'a former volunteer',
        await fx.addStaff(db, 'door', { active: false }),
        'PT403 not_allowed',
        'not_allowed',
        'not_allowed',
      ],
      ['a signed-in stranger', fx.stranger, 'PT403 not_allowed', 'not_allowed', 'not_allowed'],
      ['an anonymous person', anon, '42501', 'not_allowed', 'not_allowed'],
      ['the service role', service, '42501', '42501', '42501'],
    ]
    for (const [name, actor, read, checked, moved] of actors) {
      const attempt = (call: Promise<Parameters<typeof jx.word>[0]>) =>
        call.then(jx.word, (error: { code: string }) => error.code)
      expect([
        name,
        await fx.outcome(list(actor)),
        await attempt(jx.checkIn(db, actor, id, { code: 'otro' })),
        await attempt(fx.applyOne(db, actor, fx.op('jornada.reschedule', jx.DAY, {}))),
      ]).toEqual([name, read, checked, moved])
    }
  })

  test('an unknown day is reported to a coordinator and hidden from a volunteer', async () => {
    expect(await fx.outcome(list(fx.coordinator, randomUUID()))).toBe('PT404 jornada_unknown')
    expect(await fx.outcome(list(fx.doorVolunteer, randomUUID()))).toBe('PT403 not_allowed')
  })

  test('staff see the days with their counts', async () => {
    const all = await jx.registerMany(db, 3, { body_id: body })
    await jx.checkIn(db, fx.moderator, all[0]!.id, {})
    const day = (await days(fx.coordinator)).find(({ id }) => id === jx.DAY)!
    expect(day).toMatchObject({
      convocatoria_id: jx.JORNADAS,
      group_name: 'Grupo 1',
      counts: { confirmed: 1, waiting: 1, offered: 0, attended: 1 },
    })
    expect(
      (await days(fx.auditor)).filter(({ convocatoria_id }) => convocatoria_id === jx.JORNADAS),
    ).toHaveLength(10)
    expect(await fx.outcome(days(fx.stranger))).toBe('PT403 not_allowed')
  })
})

describe('checking in', () => {
  test('a check-in returns the row of the list, and a second scan keeps the first instant and is kept beside it', async () => {
    const one = await jx.register(db, { body_id: body })
    await beginDay('2026-11-20T15:00:00Z')
    const first = await jx.checkIn(db, fx.doorVolunteer, one.id, { code: passOf(one), at })
    expect(first).toMatchObject({
      status: 'applied',
      row: { submission_id: one.id, status: 'attended', checked_in_at: at, version: 2 },
    })
    const second = await jx.checkIn(db, fx.moderator, one.id, {
      code: passOf(one),
      at: '2026-11-20T17:00:00Z',
    })
    expect(second).toMatchObject({ status: 'applied', row: { checked_in_at: at, version: 3 } })
    const { seats } = await jx.contentOf(db, one)
    expect(seats[0]).toMatchObject({ status: 'attended', pass_code: passOf(one) })
  })

  test.each([
    [
      'before the doors could be open',
      '2026-11-20T08:00:00Z',
      '2026-11-20T16:30:00Z',
      '2026-11-20T16:30:00+00:00',
    ],
    ['of another year', '1999-01-01T00:00:00Z', '2026-11-20T16:30:00Z', '2026-11-20T16:30:00+00:00'],
    ['of minutes ahead', '2026-11-20T16:33:00Z', '2026-11-20T16:30:00Z', '2026-11-20T16:30:00+00:00'],
    ['of days ahead', '2026-11-25T00:00:00Z', '2026-11-20T16:30:00Z', '2026-11-20T16:30:00+00:00'],
    [
      'of another year, sent days later',
      '1999-01-01T00:00:00Z',
      '2026-11-23T10:00:00Z',
      '2026-11-20T18:00:00+00:00',
    ],
    [
      'of the day, sent days later',
      '2026-11-20T16:10:00Z',
      '2026-11-23T10:00:00Z',
      '2026-11-20T16:10:00+00:00',
    ],
  ])(
    'an arrival with an instant %s is kept, at the instant that the server judges',
    async (_, at, now, kept) => {
      const one = await jx.register(db, { body_id: body })
      await beginDay('2026-11-20T15:00:00Z', '2026-11-20T18:00:00Z')
      await fx.setClock(db, now)
      const verdict = await jx.checkIn(db, fx.doorVolunteer, one.id, { at })
      expect(verdict).toMatchObject({ status: 'applied', row: { status: 'attended', checked_in_at: kept } })
    },
  )

  test('staff can check in by name without a code, and an instant in the future becomes the present', async () => {
    const one = await jx.register(db, { body_id: body })
    const verdict = await jx.checkIn(db, fx.doorVolunteer, one.id, { at: '2031-01-01T00:00:00Z' })
    expect(verdict).toMatchObject({ status: 'applied', row: { status: 'attended' } })
    const { rows } = await db.pool.query(
      'select checked_in_at <= now() as past, checked_in_by from app.seats',
    )
    expect(rows).toEqual([{ past: true, checked_in_by: fx.doorVolunteer.sub }])
  })

  test('a check-in is refused without a confirmed seat on that day', async () => {
    const [one, other, waiting] = await jx.registerMany(db, 3, { body_id: body })
    const tried = async (id: string, payload = {}, actor: Actor = fx.moderator) =>
      jx.word(await jx.checkIn(db, actor, id, payload))
    expect(await tried(waiting!.id)).toBe('seat_not_confirmed')
    expect(await tried(one!.id, { jornada_id: jx.NEXT_DAY })).toBe('seat_not_confirmed')
    expect(await tried(one!.id, { jornada_id: jx.NEXT_DAY }, fx.doorVolunteer)).toBe('not_allowed')
    expect(await tried(one!.id, { jornada_id: randomUUID() })).toBe('seat_not_confirmed')
    expect(await tried(one!.id, { code: passOf(other!) })).toBe('pass_wrong code')
    expect(await tried(one!.id, { at: 'ahora' })).toBe('malformed_op at')
    expect(await tried(randomUUID())).toBe('submission_unknown')
    await jx.author(db, 'registration.cancel_day', one!)
    expect(await tried(one!.id, { code: passOf(one!) })).toBe('seat_not_confirmed')
    const { id: propuesta } = await fx.submit(db)
    expect(await tried(propuesta)).toBe('seat_not_confirmed')
  })

  test('a replayed check-in returns the row only while the actor may read it', async () => {
    const one = await jx.register(db, { body_id: body })
    const volunteer = await fx.addStaff(db, 'door', { convocatoria: jx.JORNADAS })
    const op = fx.op('door.check_in', one.id, { jornada_id: jx.DAY, code: null, at })
    const first = await fx.applyOne(db, volunteer, op)
    expect(first).toMatchObject({ row: { folio: one.row.folio } })
    await db.pool.query('update app.staff set active = false where user_id = $1', [volunteer.sub])
    expect(await fx.applyOne(db, volunteer, op)).toEqual({ ...first, row: null })
  })

  test('an attended seat stays on record when the registration is withdrawn', async () => {
    const one = await jx.register(db, { body_id: body })
    await jx.checkIn(db, fx.doorVolunteer, one.id, {})
    await jx.author(db, 'submission.withdraw', one)
    expect(await jx.seatsOf(db, [one])).toEqual(['attended'])
  })
})

describe('rescheduling', () => {
  /** The current day, moved one week later to noon in central Mexico. */
  async function payload(change: Record<string, unknown> = {}) {
    const { rows } = await db.pool.query<{ on_day: string; capacity: number }>(
      `select (on_day + 7)::text as on_day, capacity from app.jornadas where id = $1`,
      [jx.DAY],
    )
    const { on_day, capacity } = rows[0]!
    return {
      on_day,
      starts_at: `${on_day}T12:00:00-06:00`,
      ends_at: `${on_day}T13:00:00-06:00`,
      place: 'Otra sala',
      modality: 'presencial',
      capacity,
      reason: 'La sala estará en obras.',
      ...change,
    }
  }
  const move = async (change: Record<string, unknown> = {}, expected_version = 0) =>
    fx.applyOne(
      db,
      fx.coordinator,
      fx.op('jornada.reschedule', jx.DAY, await payload(change), { expected_version }),
    )

  test('rescheduling sends everybody with a seat or a place in line the old day, the new day and the reason', async () => {
    const all = await jx.registerMany(db, 3, { body_id: body })
    const verdict = await move()
    expect(verdict).toMatchObject({
      status: 'applied',
      row: { id: jx.DAY, sequence: 1, place: 'Otra sala', counts: { confirmed: 2, waiting: 1 } },
    })
    for (const { id } of all) {
      const [, letter] = await jx.lettersTo(db, id)
      expect(letter!.subject).toContain('Cambió una jornada')
      expect(letter!.body).toMatch(
        /Antes: .* de 202\d, .*\nAhora: .* 12:00, hora del centro de México, hasta las 13:00, Otra sala, presencial\n\nMotivo: La sala estará en obras\./,
      )
    }
    const { rows } = await db.pool.query('select sequence, actor_id, reason from app.jornada_changes')
    expect(rows).toEqual([{ sequence: 1, actor_id: fx.coordinator.sub, reason: 'La sala estará en obras.' }])
  })

  test('rescheduling an outdated sequence is a conflict that carries the current day', async () => {
    await move()
    expect(await move({}, 0)).toMatchObject({ status: 'conflict', row: { id: jx.DAY, sequence: 1 } })
  })

  test('a raised capacity confirms the waiting list in order, and a capacity below the seats taken is refused', async () => {
    const all = await jx.registerMany(db, 5, { body_id: body })
    expect(jx.word(await move({ capacity: 4 }))).toBe('applied')
    expect(await jx.seatsOf(db, all)).toEqual([
      'confirmed',
      'confirmed',
      'confirmed',
      'confirmed',
      'waiting 1',
    ])
    expect((await jx.lettersTo(db, all[3]!.id)).at(-1)!.subject).toContain('Su lugar está confirmado')
    expect(jx.word(await move({ capacity: 3 }, 1))).toBe('capacity_too_small capacity')
    expect(jx.word(await move({ capacity: null }, 1))).toBe('applied')
    expect((await jx.seatsOf(db, all)).at(-1)).toBe('confirmed')
  })

  test('a day moved to “to be confirmed” keeps its seats and closes registration', async () => {
    const [one] = await jx.registerMany(db, 1, { body_id: body })
    expect(jx.word(await move({ on_day: null, starts_at: null, ends_at: null }))).toBe('applied')
    expect(await jx.seatsOf(db, [one!])).toEqual(['confirmed'])
    await expect(jx.register(db, { body_id: body })).rejects.toThrow('jornada_undated')
    expect((await jx.lettersTo(db, one!.id)).at(-1)!.body).toContain('Ahora: fecha por confirmar')
  })

  test('an offer keeps its deadline while the day is to be confirmed', async () => {
    const all = await jx.registerMany(db, 3, { body_id: body })
    await jx.author(db, 'registration.cancel_day', all[0]!)
    const offered = async () => (await jx.contentOf(db, all[2]!)).seats[0]!
    const { offer_until } = await offered()
    expect(offer_until).not.toBeNull()
    expect(jx.word(await move({ on_day: null, starts_at: null, ends_at: null }))).toBe('applied')
    expect(await offered()).toMatchObject({ status: 'offered', offer_until })
  })

  test('the letter of a rescheduled day describes the new end and an online day in words', async () => {
    const one = await jx.register(db, { body_id: body })
    await move()
    const now = await payload()
    const same = { on_day: now.on_day, starts_at: `${now.on_day}T12:00:00-06:00` }
    await move({ ...same, ends_at: `${now.on_day}T14:30:00-06:00`, modality: 'virtual' }, 1)
    const { body: text } = (await jx.lettersTo(db, one.id)).at(-1)!
    expect(text).toMatch(/Ahora: .*, hasta las 14:30, Otra sala, en línea\n/)
  })

  test('an offer expires two hours before an earlier start', async () => {
    await jx.setDay(db, jx.DAY, 2)
    const all = await jx.registerMany(db, 3, { body_id: body })
    await jx.author(db, 'registration.cancel_day', all[0]!)
    const { rows } = await db.pool.query<{ day: string; at: string; until: Date }>(
      `select app.local_day(t.at)::text as day, to_json(t.at) #>> '{}' as at, t.at - interval '2 hours' as until
       from (select date_trunc('second', app.now()) + interval '5 hours' as at) t`,
    )
    const { day, at: starts_at, until } = rows[0]!
    expect(jx.word(await move({ on_day: day, starts_at, ends_at: null }))).toBe('applied')
    expect(new Date((await jx.contentOf(db, all[2]!)).seats[0]!.offer_until!)).toEqual(until)
  })

  test.each([
    ['no reason', { reason: ' ' }, 'reason_required reason'],
    ['a reason of 501 characters', { reason: 'a'.repeat(501) }, 'message_too_long reason'],
    ['a day in the past', { on_day: '2020-01-01', starts_at: null, ends_at: null }, 'jornada_past on_day'],
    ['a day that does not exist', { on_day: '2030-02-30' }, 'schedule_invalid on_day'],
    ['an hour of another day', { starts_at: '2030-01-01T12:00:00-06:00' }, 'schedule_invalid starts_at'],
    ['an hour without a UTC offset', { starts_at: '12:00' }, 'schedule_invalid starts_at'],
    ['an hour without a day', { on_day: null }, 'schedule_invalid starts_at'],
    ['an end before the beginning', { ends_at: '2020-01-01T12:00:00-06:00' }, 'schedule_invalid ends_at'],
    ['an end without a beginning', { starts_at: null }, 'schedule_invalid ends_at'],
    ['a place of 201 characters', { place: 'a'.repeat(201) }, 'schedule_invalid place'],
    ['an unknown modality', { modality: 'híbrida' }, 'schedule_invalid modality'],
    ['no seats', { capacity: 0 }, 'schedule_invalid capacity'],
    ['a capacity in words', { capacity: 'diez' }, 'schedule_invalid capacity'],
    ['a day that is a number', { on_day: 7 }, 'malformed_op on_day'],
  ])('rescheduling with %s is refused', async (_, change, expected) =>
    expect(jx.word(await move(change))).toBe(expected),
  )

  test('a day with an attended seat, and an unknown day, cannot be rescheduled', async () => {
    const one = await jx.register(db, { body_id: body })
    await jx.checkIn(db, fx.doorVolunteer, one.id, {})
    expect(jx.word(await move())).toBe('jornada_past')
    const op = fx.op('jornada.reschedule', randomUUID(), await payload(), { expected_version: 0 })
    expect(jx.word(await fx.applyOne(db, fx.coordinator, op))).toBe('jornada_unknown')
  })

  test('the history of the calendar cannot be rewritten', async () => {
    await move()
    await expect(db.pool.query('delete from app.jornada_changes')).rejects.toThrow('append-only')
  })
})
