/** A day in both modalities: each has its own seats and its own line, and a person goes over only to a free seat. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JornadaDetails } from '@/features/jornadas/registration'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
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
  await jx.setDay(db, jx.DAY, 2)
  await make({ modality: 'presencial', online_capacity: 1 })
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

/** Gives the day a modality, without telling anybody. */
const make = ({ modality, online_capacity }: { modality: string; online_capacity: number | null }) =>
  db.pool.query(
    `update app.jornadas set modality = $2, online_capacity = $3, seats_shown = null, online_shown = null, link = $4,
       place = 'Auditorio' where id = $1`,
    [
      jx.DAY,
      modality,
      online_capacity,
      modality === 'presencial' && !online_capacity ? null : 'https://sala.example/1',
    ],
  )
const here = (change: object = {}) => jx.register(db, { body_id: body, ...change })
const online = () => here({ online_ids: [jx.DAY] })
const seatOf = async (one: jx.Registered) => (await jx.contentOf(db, one)).seats[0]!
const states = async (all: jx.Registered[]) =>
  Promise.all(
    all.map(async (one) => {
      const { status, place, online: isOnline } = await seatOf(one)
      return [isOnline ? 'online' : 'here', status, place].filter((part) => part !== null).join(' ')
    }),
  )
const change = (one: jx.Registered, p_online: boolean | null, p_secret = one.secret) =>
  callAs(db, anon, 'change_modality', { p_folio: one.row.folio, p_secret, p_jornada: jx.DAY, p_online }).then(
    (answer) => answer as { status: string; place: number | null },
    (error: Error) => error.message,
  )
const row = async () => {
  const { rows } = await db.pool.query<{ d: JornadaDetails }>('select app.jornada_details($1) as d', [
    jx.JORNADAS,
  ])
  return rows[0]!.d.jornadas.find(({ id }) => id === jx.DAY)!
}
const reschedule = async (payload: Record<string, unknown>, v: number) => {
  const { rows } = await db.pool.query<{ row: Record<string, unknown>; sequence: number }>(
    'select app.day_data(j) as row, sequence from app.jornadas j where id = $1',
    [jx.DAY],
  )
  const { on_day, starts_at, ends_at, place, modality, capacity } = rows[0]!.row
  const all = { on_day, starts_at, ends_at, place, modality, capacity, reason: 'Cambió la sala.', ...payload }
  const rest = { v, expected_version: rows[0]!.sequence }
  return jx.word(await fx.applyOne(db, fx.coordinator, fx.op('jornada.reschedule', jx.DAY, all, rest)))
}

describe('seats', () => {
  test('each modality fills by itself, and each line counts by itself', async () => {
    const all = [await here(), await online(), await online(), await here(), await here(), await online()]
    expect(await states(all)).toEqual([
      'here confirmed',
      'online confirmed',
      'online waiting 1',
      'here confirmed',
      'here waiting 1',
      'online waiting 2',
    ])
  })

  test('a seat that is given back goes to the line of its own modality', async () => {
    const all = [await here(), await here(), await online(), await online(), await here()]
    await jx.author(db, 'registration.cancel_day', all[2]!)
    expect((await states(all)).slice(3)).toEqual(['online offered', 'here waiting 1'])
    await jx.author(db, 'registration.cancel_day', all[0]!)
    expect((await states(all)).slice(3)).toEqual(['online offered', 'here offered'])
  })

  test('a payload of version 1 asks for the place, and one for a day in one modality says nothing about it', async () => {
    const [id, secret] = [crypto.randomUUID(), fx.newSecret()]
    const payload = await jx.registration(db, { body_id: body })
    expect('online_ids' in payload).toBe(false)
    const verdict = await fx.applyOne(db, anon, fx.op('registration.submit', id, payload, { secret, v: 1 }))
    expect(verdict).toMatchObject({
      status: 'applied',
      row: { content: { seats: [{ status: 'confirmed' }] } },
    })
    await make({ modality: 'presencial', online_capacity: null })
    expect((await seatOf(await online())).online).toBeUndefined()
  })

  test('everybody reads the free seats of both, an older phone those of the place', async () => {
    expect(await row()).toMatchObject({
      modality: 'presencial',
      capacity: 2,
      seats_left: 1,
      online: { capacity: 1, seats_left: 1 },
    })
    await online()
    expect(await row()).toMatchObject({ seats_left: 1, online: { capacity: 1, seats_left: 0 } })
    await make({ modality: 'virtual', online_capacity: null })
    expect('online' in (await row())).toBe(false)
  })

  test('a full hall announces nothing about the seats online, and the last one online is announced', async () => {
    const shown = async () =>
      (
        await db.pool.query(
          'select seats_shown as here, online_shown as online from app.jornadas where id = $1',
          [jx.DAY],
        )
      ).rows[0]
    await here()
    await here()
    expect(await shown()).toEqual({ here: 0, online: 1 })
    await online()
    expect(await shown()).toEqual({ here: 0, online: 0 })
  })

  test('letters say «en línea» to whoever attends online, and the place to the others', async () => {
    const [a, b] = [await here(), await online()]
    const last = async ({ id }: jx.Registered) => (await jx.lettersTo(db, id)).at(-1)!.body
    expect(await last(a)).toContain(', Auditorio: lugar confirmado')
    expect(await last(b)).toContain(', en línea: lugar confirmado')
  })
})

describe('going over to the other modality', () => {
  test('whoever has a seat gets a free one there, and the former one goes to who waits', async () => {
    const all = [await here(), await here(), await here()]
    const before = await seatOf(all[0]!)
    expect(await change(all[0]!, true)).toEqual({ status: 'confirmed', place: null })
    expect(await states(all)).toEqual(['online confirmed', 'here confirmed', 'here offered'])
    expect((await seatOf(all[0]!)).pass_code).toBe(before.pass_code)
    const { subject, body: text } = (await jx.lettersTo(db, all[0]!.id)).at(-1)!
    expect(subject).toContain('Cambió de modalidad')
    expect(text).toContain('Ahora asiste en línea')
  })

  test('where no seat is free, whoever has one keeps it and is told', async () => {
    const all = [await here(), await online()]
    expect(await change(all[0]!, true)).toBe('no_free_seat')
    expect(await states(all)).toEqual(['here confirmed', 'online confirmed'])
    await make({ modality: 'presencial', online_capacity: 2 })
    await db.pool.query(
      `update app.seats set status = 'waiting', pass_code = null where submission_id = $1`,
      [all[1]!.id],
    )
    expect(await change(all[0]!, true)).toBe('no_free_seat') // a seat is free, and somebody waits for it
  })

  test('whoever waits goes to the end of the other line, or takes its free seat', async () => {
    const all = [await here(), await here(), await online(), await online(), await here(), await here()]
    expect(await change(all[4]!, true)).toEqual({ status: 'waiting', place: 2 })
    expect(await states(all)).toEqual([
      'here confirmed',
      'here confirmed',
      'online confirmed',
      'online waiting 1',
      'online waiting 2',
      'here waiting 1',
    ])
    await make({ modality: 'presencial', online_capacity: 9 })
    await db.pool.query(`delete from app.seats where status = 'waiting' and online`)
    expect(await change(all[5]!, true)).toEqual({ status: 'confirmed', place: null })
  })

  test('an offered seat is left to the line when its person takes a free one of the other modality', async () => {
    const all = [await here(), await here(), await here(), await here()]
    await jx.author(db, 'registration.cancel_day', all[0]!)
    expect(await change(all[2]!, true)).toEqual({ status: 'confirmed', place: null })
    expect(await states(all)).toEqual([
      'here cancelled',
      'here confirmed',
      'online confirmed',
      'here offered',
    ])
  })

  test('a repeated call changes nothing, and a stranger, a day in one modality and one that has begun are refused', async () => {
    const one = await here()
    await change(one, true)
    const letters = (await jx.lettersTo(db, one.id)).length
    expect(await change(one, true)).toEqual({ status: 'confirmed', place: null })
    expect((await jx.lettersTo(db, one.id)).length).toBe(letters)
    expect(await change(one, false, fx.newSecret())).toBe('submission_unknown')
    expect(await change(one, null)).toBe('malformed_op')
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '10 days 1 hour'))
    expect(await change(one, false)).toBe('jornada_past')
    await fx.setClock(db, null)
    await db.pool.query('update app.seats set online = false where jornada_id = $1', [jx.DAY])
    await make({ modality: 'presencial', online_capacity: null })
    expect(await change(one, true)).toBe('transition_invalid')
  })
})

describe('an announced change', () => {
  test('an older app that changes the hall leaves the seats online as they are', async () => {
    await online()
    expect(await reschedule({ modality: 'presencial', capacity: 5 }, 2)).toBe('applied')
    expect(await row()).toMatchObject({ capacity: 5, online: { capacity: 1, seats_left: 0 } })
  })

  test('a day that loses a modality seats everybody together, and is refused where they do not fit', async () => {
    const all = [await here(), await here(), await online()]
    expect(await reschedule({ modality: 'presencial', capacity: 2, online_capacity: null }, 3)).toBe(
      'capacity_too_small capacity',
    )
    expect(await reschedule({ modality: 'presencial', capacity: 3, online_capacity: null }, 3)).toBe(
      'applied',
    )
    expect(await states(all)).toEqual(['here confirmed', 'here confirmed', 'here confirmed'])
  })

  test('people of a day online stay online when it gets a place, and more seats online confirm who waits', async () => {
    await make({ modality: 'virtual', online_capacity: null })
    const all = [await here(), await here(), await here()]
    expect(await reschedule({ modality: 'presencial', capacity: 1, online_capacity: 1 }, 3)).toBe(
      'capacity_too_small capacity',
    )
    expect(await reschedule({ modality: 'presencial', capacity: 1, online_capacity: 3 }, 3)).toBe('applied')
    expect(await states(all)).toEqual(Array(3).fill('online confirmed'))
    expect(await reschedule({ modality: 'presencial', capacity: 1, online_capacity: 0 }, 3)).toBe(
      'schedule_invalid online_capacity',
    )
  })

  test('a day that was called off comes back with each line in its order', async () => {
    const all = [await here(), await online(), await online(), await here(), await here()]
    expect(await reschedule({ cancelled: true }, 3)).toBe('applied')
    expect(await reschedule({ cancelled: false }, 3)).toBe('applied')
    expect(await states(all)).toEqual([
      'here confirmed',
      'online confirmed',
      'online waiting 1',
      'here confirmed',
      'here waiting 1',
    ])
  })
})

describe('moved by staff', () => {
  const move = async (one: jx.Registered, payload: object) => {
    const { rows } = await db.pool.query<{ version: number }>(
      'select version from app.submissions where id = $1',
      [one.id],
    )
    const op = { jornada_id: jx.DAY, to: jx.DAY, reason: 'Lo pidió por teléfono.', ...payload }
    const rest = { v: 2, expected_version: rows[0]!.version }
    return jx.word(await fx.applyOne(db, fx.coordinator, fx.op('registration.reassign', one.id, op, rest)))
  }

  test('a person goes over as they could by themselves, and is told before and after with the reason', async () => {
    const all = [await here(), await here(), await here()]
    expect(await move(all[0]!, { online: true })).toBe('applied')
    expect(await states(all)).toEqual(['online confirmed', 'here confirmed', 'here offered'])
    const { subject, body: text } = (await jx.lettersTo(db, all[0]!.id)).at(-1)!
    expect(subject).toContain('Cambiamos su modalidad')
    expect(text).toMatch(/Antes:\n.*Auditorio\n\nAhora:\n.*en línea: lugar confirmado\n\nMotivo: Lo pidió/u)
    expect(await move(all[1]!, { online: true })).toBe('no_free_seat jornada_id')
    expect(await move(all[1]!, { online: false })).toBe('applied')
    expect(await move(all[1]!, {})).toBe('already_registered to') // a desk of before names no modality
  })

  test('to another day the modality is chosen too, and no day has one that it has not', async () => {
    const one = await here()
    await jx.setDay(db, jx.NEXT_DAY, 2, '12 days')
    expect(await move(one, { to: jx.NEXT_DAY, online: true })).toBe('transition_invalid online_ids')
    const two = await jx.register(db, { body_id: body, jornada_ids: [jx.NEXT_DAY] })
    expect(await move(two, { jornada_id: jx.NEXT_DAY, online: true })).toBe('applied')
    expect((await jx.contentOf(db, two)).seats.find(({ jornada_id }) => jornada_id === jx.DAY)).toMatchObject(
      {
        status: 'confirmed',
        online: true,
      },
    )
  })
})
