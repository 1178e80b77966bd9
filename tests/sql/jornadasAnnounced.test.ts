/** Announced changes of a day: what people with a seat are told, a day that is called off, and the day taken instead. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Verdict } from '@/domain/ops'
import type { DayChangePreview } from '@/features/jornadas/dayChange'
import type { JornadaDay, JornadaDetails, Seat } from '@/features/jornadas/registration'
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
  await jx.clear(db)
  await db.pool.query('alter table app.jornada_changes disable trigger user')
  await db.pool.query('delete from app.jornada_changes')
  await db.pool.query('alter table app.jornada_changes enable trigger user')
  await db.pool.query(
    `update app.jornadas set sequence = 0, cancelled_at = null, cancel_reason = null, link = null,
       speaker = 'Ana Pérez', speaker_post = null, address = null, accessibility = null,
       place = 'Auditorio', modality = 'presencial' where convocatoria_id = $1`,
    [jx.JORNADAS],
  )
  await jx.setDay(db, jx.DAY, 2)
  await jx.setDay(db, jx.NEXT_DAY, 2, '12 days')
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const many = (count: number, change: Record<string, unknown> = {}) =>
  jx.registerMany(db, count, { body_id: body, ...change })
const states = (all: jx.Registered[], day = jx.DAY) => jx.seatsOf(db, all, day)
const lastLetter = async ({ id }: jx.Registered) => (await jx.lettersTo(db, id)).at(-1)!

/** The payload that changes nothing but what is given. */
async function payload(change: Record<string, unknown> = {}, day = jx.DAY) {
  const { rows } = await db.pool.query<{ row: Record<string, unknown> }>(
    'select app.day_record(j) as row from app.jornadas j where id = $1',
    [day],
  )
  const { title: _, cancelled_at, ...present } = rows[0]!.row
  return { ...present, cancelled: cancelled_at !== null, reason: 'La ponente enfermó.', ...change }
}
const sequenceOf = async (day: string) =>
  (await db.pool.query<{ n: number }>('select sequence as n from app.jornadas where id = $1', [day])).rows[0]!
    .n

async function announce(change: Record<string, unknown>, day = jx.DAY, version = 2): Promise<Verdict> {
  const rest = { v: version, expected_version: await sequenceOf(day) }
  return fx.applyOne(db, fx.coordinator, fx.op('jornada.reschedule', day, await payload(change, day), rest))
}
const word = async (change: Record<string, unknown>, day = jx.DAY) => jx.word(await announce(change, day))
const cancel = (day = jx.DAY) => word({ cancelled: true }, day)
const restore = (day = jx.DAY) => word({ cancelled: false, reason: 'La ponente se recuperó.' }, day)
const preview = async (change: Record<string, unknown>, day = jx.DAY) =>
  (await callAs(db, fx.coordinator, 'preview_day_change', {
    p_jornada: day,
    p_payload: JSON.stringify(await payload(change, day)),
  })) as DayChangePreview
const moveDay = async (
  { id, secret }: Pick<jx.Registered, 'id' | 'secret'>,
  to: unknown,
  from: unknown = jx.DAY,
) =>
  jx.word(
    await fx.applyOne(db, anon, fx.op('registration.move_day', id, { jornada_id: from, to }, { secret })),
  )
const details = async () =>
  (await db.pool.query<{ d: JornadaDetails }>('select app.jornada_details($1) as d', [jx.JORNADAS])).rows[0]!
    .d
const seatOf = async (one: jx.Registered, day = jx.DAY): Promise<Seat> =>
  (await jx.contentOf(db, one)).seats.find(({ jornada_id }) => jornada_id === day)!

describe('a changed day', () => {
  test('a new speaker, address and accessibility reach everybody with a seat or in line, with the old and new words', async () => {
    const all = await many(3)
    const verdict = await announce({
      speaker: 'Luis Gómez',
      speaker_post: 'Director',
      address: 'Calle 1',
      accessibility: 'Rampa',
    })
    expect(verdict).toMatchObject({ status: 'applied', row: { speaker: 'Luis Gómez', sequence: 1 } })
    for (const one of all) {
      const { subject, body: text } = await lastLetter(one)
      expect(subject).toMatch(/^Cambió una jornada: folio/)
      expect(text).toContain('Ponente\nAntes: Ana Pérez\nAhora: Luis Gómez, Director')
      expect(text).toContain('Dirección\nAntes: sin dato\nAhora: Calle 1')
      expect(text).toContain('Accesibilidad\nAntes: sin dato\nAhora: Rampa')
      expect(text).toContain('Motivo: La ponente enfermó.')
      expect(text).not.toContain('hasta las')
    }
    expect((await details()).changes).toMatchObject([
      {
        jornada_id: jx.DAY,
        kind: 'changed',
        reason: 'La ponente enfermó.',
        before: { speaker: 'Ana Pérez', speaker_post: null, address: null, accessibility: null },
        after: {
          speaker: 'Luis Gómez',
          speaker_post: 'Director',
          address: 'Calle 1',
          accessibility: 'Rampa',
        },
      },
    ])
  })

  test('a new link reaches only the passes of confirmed people, near the hour, and no letter, history or public row holds it', async () => {
    const all = await many(3)
    const link = 'https://reunion.example/secreta'
    expect(await word({ link, modality: 'virtual' })).toBe('applied')
    expect((await lastLetter(all[0]!)).body).toContain('El nuevo está en su pase desde una hora antes.')
    expect((await lastLetter(all[2]!)).body).toContain('Estará en su pase cuando tenga lugar confirmado.')
    expect((await seatOf(all[0]!)).link).toBeNull() // ten days before
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '9 days 23 hours 1 minute'))
    expect((await seatOf(all[0]!)).link).toBe(link)
    expect((await seatOf(all[2]!)).link).toBeNull()
    const [change] = (await details()).changes!
    expect(change).toMatchObject({ link_changed: true, before: { modality: 'presencial' } })
    const { rows } = await db.pool.query<{ told: string }>(
      `select (select string_agg(q.body, '') from app.mail_queue q) || app.convocatoria_row($1)::text as told`,
      [jx.JORNADAS],
    )
    expect(rows[0]!.told).not.toContain('secreta')
    const linkFor = async (actor: Actor) => {
      const { items } = (await callAs(db, actor, 'jornada_days')) as { items: JornadaDay[] }
      return items.find(({ id }) => id === jx.DAY)!.link
    }
    expect(await linkFor(fx.coordinator)).toBe(link)
    expect(await linkFor(fx.doorVolunteer)).toBeNull()
    expect(await linkFor(fx.moderator)).toBeNull()
  })

  test('a new link alone changes the rows of confirmed people, so that their phones read it', async () => {
    const [one] = await many(1)
    const { version } = await fx.openFolio(db, one!.row.folio, one!.secret)
    await announce({ link: 'https://reunion.example/a' })
    expect((await fx.openFolio(db, one!.row.folio, one!.secret)).version).toBe(version + 1)
  })

  test('a payload of version 1 moves the day and keeps speaker, address and link', async () => {
    await db.pool.query(
      `update app.jornadas set link = 'https://a.example', address = 'Calle 1' where id = $1`,
      [jx.DAY],
    )
    const present = await payload()
    const old = ['on_day', 'starts_at', 'ends_at', 'modality', 'capacity', 'reason'] as const
    const first = Object.fromEntries(old.map((key) => [key, present[key as keyof typeof present]]))
    const op = fx.op(
      'jornada.reschedule',
      jx.DAY,
      { ...first, place: 'Otra sala' },
      { v: 1, expected_version: 0 },
    )
    expect(jx.word(await fx.applyOne(db, fx.coordinator, op))).toBe('applied')
    expect(await payload()).toMatchObject({
      place: 'Otra sala',
      speaker: 'Ana Pérez',
      address: 'Calle 1',
      link: 'https://a.example',
    })
  })

  test.each([
    ['no speaker', { speaker: ' ' }, 'schedule_invalid speaker'],
    ['a speaker of 161 characters', { speaker: 'a'.repeat(161) }, 'schedule_invalid speaker'],
    ['a post of 161 characters', { speaker_post: 'a'.repeat(161) }, 'schedule_invalid speaker_post'],
    ['an address of 301 characters', { address: 'a'.repeat(301) }, 'schedule_invalid address'],
    [
      'an accessibility of 501 characters',
      { accessibility: 'a'.repeat(501) },
      'schedule_invalid accessibility',
    ],
    ['a speaker of a blank of Braille', { speaker: '\u2800' }, 'schedule_invalid speaker'],
    ['a link that is not https', { link: 'http://a.example' }, 'schedule_invalid link'],
    ['a link with a space', { link: 'https://a.example/b c' }, 'schedule_invalid link'],
    ['a link that is a number', { link: 7 }, 'malformed_op link'],
    ['a cancellation in words', { cancelled: 'sí' }, 'malformed_op cancelled'],
  ])('a change with %s is refused', async (_, change, expected) => expect(await word(change)).toBe(expected))
})

describe('a cancelled day', () => {
  test('everybody with a seat or in line loses it, is told why and which days remain, and no seat is taken', async () => {
    const all = await many(4)
    await many(1, { jornada_ids: [jx.NEXT_DAY] })
    expect(await announce({ cancelled: true })).toMatchObject({
      status: 'applied',
      row: { sequence: 1, counts: { confirmed: 0, waiting: 0, called_off: 4, moved: 0 }, seats_left: null },
    })
    expect(await states(all)).toEqual(Array(4).fill('cancelled'))
    expect(await seatOf(all[0]!)).toMatchObject({ called_off: true, pass_code: null, moved_to: null })
    for (const one of all) {
      const { subject, body: text } = await lastLetter(one)
      expect(subject).toMatch(/^Se canceló una jornada: folio/)
      expect(text).toContain('Motivo: La ponente enfermó.')
      expect(text).toMatch(/Puede tomar otro día .*\n\n(· .*\n)*· .*: queda 1 lugar/)
    }
    const { rows } = await db.pool.query('select app.seats_taken($1) as taken', [jx.DAY])
    expect(rows[0].taken).toBe(0)
    const public_ = await details()
    expect(public_.jornadas.find(({ id }) => id === jx.DAY)).toMatchObject({
      cancel_reason: 'La ponente enfermó.',
    })
    expect(public_.changes![0]).toMatchObject({
      kind: 'cancelled',
      reason: 'La ponente enfermó.',
      before: {},
      after: {},
    })
  })

  test('a cancellation leaves alone who cancelled before and changes no other field', async () => {
    const all = await many(2)
    await jx.author(db, 'registration.cancel_day', all[0]!)
    const letters = (await jx.lettersTo(db, all[0]!.id)).length
    await word({ cancelled: true, place: 'Otra sala', capacity: 90 })
    expect(await payload()).toMatchObject({ place: 'Auditorio', capacity: 2 })
    expect(await seatOf(all[0]!)).toMatchObject({ called_off: false })
    expect((await jx.lettersTo(db, all[0]!.id)).length).toBe(letters)
  })

  test('registering for it is refused at the days, and nothing of the registration is kept', async () => {
    await cancel()
    const count = async () =>
      (await db.pool.query('select count(*)::int as n from app.submissions')).rows[0].n
    const before = await count()
    const both = { body_id: body, jornada_ids: [jx.DAY, jx.NEXT_DAY] }
    const op = fx.op('registration.submit', randomUUID(), await jx.registration(db, both), {
      secret: fx.newSecret(),
    })
    expect(jx.word(await fx.applyOne(db, anon, op))).toBe('jornada_cancelled jornada_ids')
    expect(await count()).toBe(before)
  })

  test('its pass is refused at the door, its list is empty and says so, and an offer of it cannot be accepted', async () => {
    const all = await many(3)
    const { pass_code } = await seatOf(all[0]!)
    await jx.author(db, 'registration.cancel_day', all[1]!)
    expect(await states(all)).toEqual(['confirmed', 'cancelled', 'offered'])
    await cancel()
    expect(jx.word(await jx.checkIn(db, fx.doorVolunteer, all[0]!.id, { code: pass_code }))).toBe(
      'jornada_cancelled',
    )
    expect(await jx.author(db, 'registration.accept_offer', all[2]!)).toBe('jornada_cancelled jornada_id')
    expect(await jx.author(db, 'registration.cancel_day', all[2]!)).toBe('applied')
    const list = await callAs(db, fx.doorVolunteer, 'door_list', { p_jornada: jx.DAY })
    expect(list).toMatchObject({ jornada: { cancel_reason: 'La ponente enfermó.' }, items: [] })
  })

  test('a day with an arrival, a day that has begun and one already cancelled cannot be cancelled or moved', async () => {
    const [one] = await many(1)
    await jx.setDay(db, jx.DAY, 2, '3 hours')
    expect(jx.word(await jx.checkIn(db, fx.doorVolunteer, one!.id, {}))).toBe('applied')
    expect(await cancel()).toBe('jornada_past')
    await jx.setDay(db, jx.NEXT_DAY, 2, '-1 hours')
    expect(await cancel(jx.NEXT_DAY)).toBe('jornada_past')
    await jx.setDay(db, jx.NEXT_DAY, 2, '12 days')
    expect(await cancel(jx.NEXT_DAY)).toBe('applied')
    expect(await word({ place: 'Otra sala' }, jx.NEXT_DAY)).toBe('jornada_cancelled')
    expect(await seatOf(one!)).toMatchObject({ status: 'attended' })
  })

  test('undoing a withdrawal does not queue for a day that was cancelled meanwhile', async () => {
    const [one] = await many(1, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    await jx.author(db, 'submission.withdraw', one!)
    await cancel()
    expect(await jx.author(db, 'submission.undo_withdraw', one!)).toBe('applied')
    expect([await states([one!]), await states([one!], jx.NEXT_DAY)]).toEqual([['cancelled'], ['confirmed']])
  })

  test('the accessibility need outlives the cancellation until the day has passed', async () => {
    const need = { accessibility: 'Rampa', consents: [{ key: 'accessibility', granted: true }] }
    const [one] = await many(1, need)
    await cancel()
    await callAs(db, service, 'run_due_jobs')
    expect((await jx.contentOf(db, one!)).accessibility).toBe(true)
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '12 days'))
    await callAs(db, service, 'run_due_jobs')
    expect((await jx.contentOf(db, one!)).accessibility).toBe(false)
  })
})

describe('a day that takes place after all', () => {
  test('bringing it back returns the seats in their old order to all who did not take another day, withdraw or cancel', async () => {
    const all = await many(6)
    await jx.author(db, 'registration.cancel_day', all[5]!)
    await cancel()
    expect(await moveDay(all[1]!, jx.NEXT_DAY)).toBe('applied')
    await jx.author(db, 'submission.withdraw', all[2]!)
    expect(await restore()).toBe('applied')
    expect(await states(all)).toEqual([
      'confirmed',
      'cancelled',
      'cancelled',
      'confirmed',
      'waiting 1',
      'cancelled',
    ])
    expect((await seatOf(all[0]!)).pass_code).not.toBeNull()
    const letter = await lastLetter(all[3]!)
    expect(letter.subject).toMatch(/^Sí habrá una jornada que se había cancelado/)
    expect(letter.body).toContain('Usted tiene lugar confirmado.')
    expect((await lastLetter(all[4]!)).body).toContain('Usted está en la lista de espera.')
    expect((await lastLetter(all[1]!)).subject).toMatch(/^Tomó otro día/)
    expect((await details()).changes!.map(({ kind }) => kind)).toEqual(['restored', 'cancelled'])
  })

  test('a cancelled day whose hour has passed cannot be brought back', async () => {
    await cancel()
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '11 days'))
    expect(await restore()).toBe('jornada_past')
  })
})

describe('taking another day', () => {
  test('the person keeps the registration, gets a seat or a place in line there, and a repeated op changes nothing', async () => {
    await many(1, { jornada_ids: [jx.NEXT_DAY] })
    const all = await many(2)
    await cancel()
    expect(await moveDay(all[0]!, jx.NEXT_DAY)).toBe('applied')
    expect(await moveDay(all[1]!, jx.NEXT_DAY)).toBe('applied')
    expect(await states(all, jx.NEXT_DAY)).toEqual(['confirmed', 'waiting 1'])
    const { version } = await fx.openFolio(db, all[0]!.row.folio, all[0]!.secret)
    const letters = (await jx.lettersTo(db, all[0]!.id)).length
    expect(await moveDay(all[0]!, jx.NEXT_DAY)).toBe('applied')
    expect((await fx.openFolio(db, all[0]!.row.folio, all[0]!.secret)).version).toBe(version)
    expect((await jx.lettersTo(db, all[0]!.id)).length).toBe(letters)
    expect(await seatOf(all[0]!)).toMatchObject({ called_off: true, moved_to: jx.NEXT_DAY })
    expect((await lastLetter(all[1]!)).body).toContain('en lista de espera, lugar 1')
  })

  test('another day can be taken after the campaign closed, and another one after the new day is cancelled too', async () => {
    const [one] = await many(1)
    await cancel()
    await fx.setClock(
      db,
      (
        await db.pool.query(
          'select closes_at + interval $$3 days$$ as at from app.convocatorias where id = $1',
          [jx.JORNADAS],
        )
      ).rows[0].at.toISOString(),
    )
    await db.pool.query(
      `update app.jornadas set starts_at = app.now() + interval '5 days', ends_at = null,
      on_day = app.local_day(app.now() + interval '5 days') where id = $1`,
      [jx.NEXT_DAY],
    )
    expect(await moveDay(one!, jx.NEXT_DAY)).toBe('applied')
    expect(await cancel(jx.NEXT_DAY)).toBe('applied')
    expect(await seatOf(one!, jx.NEXT_DAY)).toMatchObject({ called_off: true })
  })

  test.each([
    ['a day of the other group', () => jx.OTHER_GROUP_DAY, 'body_ineligible to'],
    ['an unknown day', () => randomUUID(), 'jornada_unknown jornada_ids'],
    ['no day', () => null, 'malformed_op jornada_ids'],
    ['the cancelled day itself', () => jx.DAY, 'jornada_cancelled jornada_ids'],
  ])('taking %s is refused', async (_, to, expected) => {
    await jx.setDay(db, jx.OTHER_GROUP_DAY, 5)
    const [one] = await many(1)
    await cancel()
    expect(await moveDay(one!, to())).toBe(expected)
  })

  test('taking a day instead of one that takes place, one that the address holds, and with another secret is refused', async () => {
    const email = 'doble@edomex.example'
    const [one, other] = await many(2)
    expect(await moveDay(one!, jx.NEXT_DAY)).toBe('jornada_not_cancelled jornada_id')
    const [both] = await many(1, { email, jornada_ids: [jx.DAY] })
    await many(1, { email, jornada_ids: [jx.NEXT_DAY] })
    await cancel()
    expect(await moveDay(both!, jx.NEXT_DAY)).toBe('already_registered to')
    expect(await moveDay({ id: one!.id, secret: other!.secret }, jx.NEXT_DAY)).toBe('submission_unknown')
    await jx.author(db, 'submission.withdraw', one!)
    expect(await moveDay(one!, jx.NEXT_DAY)).toBe('seat_unknown jornada_id')
  })
})

describe('taking the day that was called off and takes place again', () => {
  test('whoever gave up the day taken instead takes it back', async () => {
    const [one] = await many(1)
    await cancel()
    await moveDay(one!, jx.NEXT_DAY)
    await restore()
    await jx.author(db, 'registration.cancel_day', one!, jx.NEXT_DAY)
    expect(await moveDay(one!, jx.DAY)).toBe('applied')
    expect(await seatOf(one!)).toMatchObject({ status: 'confirmed', called_off: false, moved_to: null })
  })

  test('undoing a withdrawal queues for it', async () => {
    const [one] = await many(1)
    await cancel()
    await jx.author(db, 'submission.withdraw', one!)
    await restore()
    expect(await jx.author(db, 'submission.undo_withdraw', one!)).toBe('applied')
    expect(await seatOf(one!)).toMatchObject({ status: 'confirmed', called_off: false })
  })

  test('nobody takes a second day instead of one while the first lasts', async () => {
    const third = '00000000-0000-4000-8000-0000000b3103'
    await jx.setDay(db, third, 2, '13 days')
    const [one] = await many(1)
    await cancel()
    expect(await moveDay(one!, jx.NEXT_DAY)).toBe('applied')
    expect(await moveDay(one!, third)).toBe('already_registered to')
    await jx.author(db, 'registration.cancel_day', one!, jx.NEXT_DAY)
    expect(await moveDay(one!, third)).toBe('applied')
  })
})

describe('the right to another day', () => {
  const third = '00000000-0000-4000-8000-0000000b3103'
  const fourth = '00000000-0000-4000-8000-0000000b3104'
  beforeEach(async () => {
    await jx.setDay(db, third, 2, '13 days')
    await jx.setDay(db, fourth, 2, '14 days')
  })
  const held = async (one: jx.Registered) =>
    (await jx.contentOf(db, one)).seats
      .filter(({ status }) => status !== 'cancelled')
      .map(({ jornada_id }) => jornada_id)

  test.each([
    ['the first day', [jx.DAY, jx.NEXT_DAY]],
    ['the day taken instead', [jx.NEXT_DAY, jx.DAY]],
  ])('two days lost one after the other give one right, used from %s', async (_, [used, spent]) => {
    const [one] = await many(1)
    await cancel()
    expect(await moveDay(one!, jx.NEXT_DAY)).toBe('applied')
    await cancel(jx.NEXT_DAY)
    expect(await moveDay(one!, third, used)).toBe('applied')
    expect(await moveDay(one!, third, spent)).toBe('applied')
    expect(await moveDay(one!, fourth, spent)).toBe('already_registered to')
    expect(await moveDay(one!, fourth, used)).toBe('already_registered to')
    expect(await held(one!)).toEqual([third])
    await jx.author(db, 'registration.cancel_day', one!, third)
    expect(await moveDay(one!, fourth, spent)).toBe('applied')
    expect(await moveDay(one!, third, used)).toBe('already_registered to')
    expect(await held(one!)).toEqual([fourth])
  })

  test('a registration withdrawn before its day was called off has it called off like the others once the withdrawal is undone', async () => {
    const all = await many(3)
    await jx.author(db, 'submission.withdraw', all[0]!)
    await cancel()
    expect(await jx.author(db, 'submission.undo_withdraw', all[0]!)).toBe('applied')
    expect(await seatOf(all[0]!)).toMatchObject({ status: 'cancelled', called_off: true })
    expect((await lastLetter(all[0]!)).subject).toMatch(/^Se canceló una jornada/)
    expect(await restore()).toBe('applied')
    expect(await states(all)).toEqual(['waiting 1', 'confirmed', 'confirmed'])
    await cancel()
    expect(await moveDay(all[0]!, jx.NEXT_DAY)).toBe('applied')
  })

  test('undoing a withdrawal leaves no seat marked as given back, whatever became of its day', async () => {
    const third_ = { jornada_ids: [jx.DAY, jx.NEXT_DAY, third], email: 'vuelve@edomex.example' }
    const [one] = await many(1, third_)
    await jx.author(db, 'submission.withdraw', one!)
    await cancel()
    await jx.setDay(db, third, 2, '-1 hours')
    await many(1, { jornada_ids: [jx.NEXT_DAY], email: 'vuelve@edomex.example' })
    await jx.author(db, 'submission.undo_withdraw', one!)
    const { rows } = await db.pool.query('select from app.seats where submission_id = $1 and given_back', [
      one!.id,
    ])
    expect(rows).toEqual([])
    expect(await held(one!)).toEqual([])
  })
})

describe('the preview of a change', () => {
  const people = ({ letters }: DayChangePreview) => letters.map((letter) => letter.people)

  test('each letter of the preview is the letter that is sent, with the number of its readers', async () => {
    const all = await many(4)
    for (const change of [
      { place: 'Otra sala', link: 'https://a.example' },
      { cancelled: true },
      { cancelled: false, reason: 'Ya se puede.' },
    ]) {
      const shown = await preview(change)
      await db.pool.query('delete from app.mail_queue')
      expect(await word(change)).toBe('applied')
      const sent = await Promise.all(all.map(async (one) => (await lastLetter(one)).body))
      expect(new Set(sent)).toEqual(new Set(shown.letters.map((letter) => letter.body)))
      const total = people(shown).reduce((sum, one) => sum + one.confirmed + one.offered + one.waiting, 0)
      expect(total).toBe(sent.length)
    }
  })

  test('a capacity alone sends no letter of the change, and its preview counts who gets a seat', async () => {
    await many(5)
    expect(await preview({ capacity: 4 })).toMatchObject({ promoted: 2, letters: [] })
    expect(await preview({ capacity: null })).toMatchObject({ promoted: 3 })
    expect(await preview({ capacity: 4, place: 'B' })).toMatchObject({
      promoted: 2,
      letters: [{ people: { confirmed: 2, offered: 0, waiting: 3 } }],
    })
  })

  test('the preview refuses what the change would be refused for, and changes nothing', async () => {
    await expect(preview({ reason: '' })).rejects.toMatchObject({ message: 'reason_required' })
    await expect(preview({ on_day: '2020-01-01', starts_at: null, ends_at: null })).rejects.toMatchObject({
      message: 'jornada_past',
    })
    await preview({ cancelled: true })
    expect(await sequenceOf(jx.DAY)).toBe(0)
  })
})

test('concurrent registrations, changes of mind and a cancellation leave nobody with a seat on the cancelled day', async () => {
  const retry = async (work: () => Promise<string>): Promise<string> => {
    const answer = await work()
    return answer === 'busy' ? retry(work) : answer
  }
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 8 }), async (place) => {
      await jx.clear(db)
      await db.pool.query('update app.jornadas set cancelled_at = null, cancel_reason = null where id = $1', [
        jx.DAY,
      ])
      const early = await many(3)
      const late = await Promise.all(
        Array.from({ length: 8 }, async () => ({
          id: randomUUID(),
          secret: fx.newSecret(),
          payload: await jx.registration(db, { body_id: body }),
        })),
      )
      const register = ({ id, secret, payload: given }: (typeof late)[number]) =>
        retry(async () =>
          jx.word(await fx.applyOne(db, anon, fx.op('registration.submit', id, given, { secret }))),
        )
      const works: (() => Promise<string>)[] = [
        ...late.map((one) => () => register(one)),
        ...early.map((one) => () => retry(() => jx.author(db, 'registration.cancel_day', one))),
      ]
      works.splice(place, 0, () => retry(cancel))
      const answers = await Promise.all(works.map((work) => work()))
      const { rows } = await db.pool.query<{ status: string; called_off: boolean }>(
        'select status, called_off from app.seats where jornada_id = $1',
        [jx.DAY],
      )
      expect(rows.every(({ status }) => status === 'cancelled')).toBe(true)
      const refused = answers.filter((answer) => answer === 'jornada_cancelled jornada_ids').length
      expect(rows.length).toBe(early.length + late.length - refused)
      expect(answers.filter((answer) => !/^(applied|jornada_cancelled jornada_ids)$/u.test(answer))).toEqual(
        [],
      )
    }),
    { numRuns: 8 },
  )
})
