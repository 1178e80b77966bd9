/** What the coordination does with a registration on somebody's behalf, and the list in which it finds one. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OpKind } from '@/domain/ops'
import type { RegistrationPage } from '@/features/jornadas/registrationList'
import { type Actor, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as hx from './heldFixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(() => jx.beginWithTwoDays(db))
afterAll(() => db.drop())

const REASON = 'Lo pidió por teléfono el 2 de diciembre.'
type Act = Extract<OpKind, `registration.${'amend' | 'release' | 'reassign'}`>
const act = (
  kind: Act,
  { id }: jx.Registered,
  payload: object,
  expected_version = 1,
  actor: Actor = fx.coordinator,
) => fx.applyOne(db, actor, fx.op(kind, id, { reason: REASON, ...payload }, { expected_version }))
const word = async (...args: Parameters<typeof act>) => jx.word(await act(...args))
const told = async (one: jx.Registered) => (await fx.openFolio(db, one.row.folio, one.secret)).messages.at(-1)
const lastLetter = async ({ id }: jx.Registered) => (await jx.lettersTo(db, id)).at(-1)!
const mine = { jornada_id: jx.DAY }
const other = { jornada_id: jx.DAY, to: jx.NEXT_DAY }

describe('every act on somebody’s behalf', () => {
  test.each([
    ['registration.amend', { post: 'Otra' }],
    ['registration.release', mine],
    ['registration.reassign', other],
  ] as const)('%s needs a reason, the version that was seen, and the coordination', async (kind, payload) => {
    const one = await jx.register(db)
    expect(await word(kind, one, { ...payload, reason: ' ' })).toBe('reason_required reason')
    expect(await word(kind, one, { ...payload, reason: 'a'.repeat(501) })).toBe('message_too_long reason')
    expect(await act(kind, one, payload, 7)).toMatchObject({
      status: 'conflict',
      row: { id: one.id, version: 1 },
    })
    const bare = fx.op(kind, one.id, { reason: REASON, ...payload })
    expect(jx.word(await fx.applyOne(db, fx.coordinator, bare))).toBe('malformed_op expected_version')
    for (const actor of [fx.moderator, fx.auditor, fx.doorVolunteer, fx.stranger])
      expect(await word(kind, one, payload, 1, actor)).toBe('not_allowed')
    const { id } = await fx.submit(db)
    expect(await word(kind, { ...one, id }, payload)).toBe('transition_invalid')
    expect(await word(kind, one, payload, 1, fx.admin)).toBe('applied')
    expect(await told(one)).toMatchObject({ from: 'staff', text: expect.stringContaining(REASON) as string })
    expect((await lastLetter(one)).body).toContain(REASON)
  })
})

describe('a correction', () => {
  test('changes the name, the post and the address, and tells which without repeating them', async () => {
    const one = await jx.register(db)
    const [before] = await addressesOf(one)
    const change = { display_name: ' Ana  Pérez Luna ', post: 'Directora', email: 'nueva@edomex.example' }
    expect(await act('registration.amend', one, change)).toMatchObject({
      row: { version: 2, display_name: 'Ana Pérez Luna', content: { post: 'Directora' } },
    })
    expect((await told(one))!.text).toBe(
      `Corregimos en su inscripción su nombre, su correo, su cargo.\n\nMotivo: ${REASON}`,
    )
    const letters = await recipientsOf(one)
    expect(letters.slice(-2)).toEqual([
      [before, 'Cambió el correo de su inscripción'],
      ['nueva@edomex.example', 'Corregimos su inscripción'],
    ])
    expect(await find('perez luna')).toEqual([one.id])
  })

  test('that changes nothing tells nobody, and refuses what a registration refuses', async () => {
    const one = await jx.register(db)
    const letters = (await recipientsOf(one)).length
    expect(await act('registration.amend', one, { display_name: 'Ana Pérez' })).toMatchObject({
      row: { version: 1 },
    })
    expect(await recipientsOf(one)).toHaveLength(letters)
    expect(await word('registration.amend', one, { display_name: ' ' })).toBe('name_required display_name')
    expect(await word('registration.amend', one, { post: '' })).toBe('post_required post')
    expect(await word('registration.amend', one, { email: 'no' })).toBe('email_invalid email')
    await jx.author(db, 'submission.withdraw', one)
    expect(await word('registration.amend', one, { post: 'x' }, 2)).toBe('transition_invalid')
  })
})

describe('a cancelled day', () => {
  test('frees its seat for whoever waits, as the author’s own act does', async () => {
    const all = await jx.registerMany(db, 3)
    expect(await word('registration.release', all[0]!, mine)).toBe('applied')
    expect(await jx.seatsOf(db, all)).toEqual(['cancelled', 'confirmed', 'offered'])
    expect((await lastLetter(all[0]!)).subject).toContain('Cancelamos su lugar')
    expect(await word('registration.release', all[0]!, mine, 2), 'cancelled already').toBe('applied')
    expect(
      (await jx.lettersTo(db, all[0]!.id)).filter(({ subject }) => subject.includes('Cancelamos')),
    ).toHaveLength(1)
  })

  test('may be every day to come; one that has begun, and one that it does not have, are refused', async () => {
    const one = await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    expect(await word('registration.release', one, { jornada_id: jx.OTHER_GROUP_DAY })).toBe(
      'seat_unknown jornada_id',
    )
    expect(await word('registration.release', one, {})).toBe('malformed_op jornada_id')
    await jx.setDay(db, jx.DAY, 2, '-1 hour')
    expect(await word('registration.release', one, mine)).toBe('jornada_past jornada_id')
    expect(await word('registration.release', one, { jornada_id: null })).toBe('applied')
    expect(await jx.seatsOf(db, [one])).toEqual(['confirmed'])
    expect(await jx.seatsOf(db, [one], jx.NEXT_DAY)).toEqual(['cancelled'])
  })
})

describe('a moved day', () => {
  test('takes a free seat there and leaves the former one to whoever waits', async () => {
    const all = await jx.registerMany(db, 3)
    expect(await word('registration.reassign', all[0]!, other)).toBe('applied')
    expect(await jx.seatsOf(db, all)).toEqual(['cancelled', 'confirmed', 'offered'])
    expect(await jx.seatsOf(db, [all[0]!], jx.NEXT_DAY)).toEqual(['confirmed'])
    expect((await told(all[0]!))!.text).toMatch(/Antes:\n· .*\n\nAhora:\n· .*: lugar confirmado\n\nMotivo: /u)
  })

  test('without a free seat waits at the end of the line there', async () => {
    const [first, , third] = await jx.registerMany(db, 3, { jornada_ids: [jx.NEXT_DAY] })
    const one = await jx.register(db)
    expect(await word('registration.reassign', one, other)).toBe('applied')
    expect(await jx.seatsOf(db, [first!, third!, one], jx.NEXT_DAY)).toEqual([
      'confirmed',
      'waiting 2',
      'waiting 3',
    ])
  })

  test('may have begun, because people come late to the door, and not be over', async () => {
    const one = await jx.register(db)
    await jx.setDay(db, jx.NEXT_DAY, 2, '-10 minutes')
    await db.pool.query(`update app.jornadas set ends_at = app.now() + interval '1 hour' where id = $1`, [
      jx.NEXT_DAY,
    ])
    expect(await word('registration.reassign', one, other)).toBe('applied')
    const two = await jx.register(db)
    await db.pool.query(`update app.jornadas set ends_at = app.now() - interval '1 minute' where id = $1`, [
      jx.NEXT_DAY,
    ])
    expect(await word('registration.reassign', two, other)).toBe('jornada_past to')
  })

  test.each([
    ['of another group', { to: jx.OTHER_GROUP_DAY }, 'body_ineligible to'],
    ['that does not exist', { to: '00000000-0000-4000-8000-00000000dead' }, 'body_ineligible to'],
    ['that it already has', { to: jx.DAY }, 'already_registered to'],
    ['from one that it does not have', { jornada_id: jx.NEXT_DAY, to: jx.DAY }, 'seat_unknown jornada_id'],
  ])('to a day %s is refused and changes nothing', async (_, change, expected) => {
    const one = await jx.register(db)
    expect(await word('registration.reassign', one, { ...other, ...change })).toBe(expected)
    expect(await jx.seatsOf(db, [one])).toEqual(['confirmed'])
  })

  test('from a day that was called off is the day that is taken instead', async () => {
    const one = await jx.register(db)
    await db.pool.query(
      `update app.jornadas set cancelled_at = app.now(), cancel_reason = 'x' where id = $1`,
      [jx.DAY],
    )
    await db.pool.query('select app.call_off_seats($1)', [jx.DAY])
    expect(await word('registration.reassign', one, other, 2)).toBe('applied')
    expect(await hx.seatOf(db, one)).toMatchObject({ called_off: true, moved_to: jx.NEXT_DAY })
    await db.pool.query(`update app.jornadas set cancelled_at = null, cancel_reason = null where id = $1`, [
      jx.DAY,
    ])
  })
})

const addressesOf = async ({ id }: jx.Registered) =>
  (
    await db.pool.query<{ email: string }>('select email from app.contacts where submission_id = $1', [id])
  ).rows.map(({ email }) => email)
const recipientsOf = async ({ id }: jx.Registered) =>
  (
    await db.pool.query<{ recipient: string; subject: string }>(
      'select recipient, subject from app.mail_queue where submission_id = $1 order by id',
      [id],
    )
  ).rows.map(({ recipient, subject }) => [recipient, subject.split(':')[0]])
const list = (args = {}, actor: Actor = fx.coordinator) =>
  callAs(db, actor, 'list_registrations', args) as Promise<RegistrationPage>
const find = async (p_search: string, args = {}) =>
  (await list({ p_search, ...args })).items.map(({ id }) => id)

describe('the list of registrations', () => {
  test('holds person, body, post and the seat of each day, and every day with its counts', async () => {
    const one = await jx.register(db, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    const { items, next, days } = await list({ p_convocatoria: jx.JORNADAS })
    expect(items).toMatchObject([
      {
        id: one.id,
        folio: one.row.folio,
        version: 1,
        display_name: 'Ana Pérez',
        post: one.row.content.post,
        seats: [{ status: 'confirmed', pass_code: null }, { status: 'confirmed' }],
      },
    ])
    expect(next).toBeNull()
    expect(days).toHaveLength(10)
    expect(days!.find(({ id }) => id === jx.DAY)).toMatchObject({
      capacity: 2,
      counts: { confirmed: 1, waiting: 0 },
    })
    expect(days!.some((day) => 'link' in day)).toBe(false)
  })

  test('of a day comes by the status of its seat, offers first, then by arrival, also found and from page to page', async () => {
    await jx.setDay(db, jx.DAY, 10)
    const states = ['cancelled', 'confirmed', 'waiting', 'offered', 'confirmed', 'offered']
    const ids = (await jx.registerMany(db, states.length)).map(({ id }) => id)
    await db.pool.query(
      `update app.seats s set status = n.status, offer_until = case n.status when 'offered' then app.now() end,
         pass_code = case n.status when 'confirmed' then s.pass_code end
       from unnest($1::uuid[], $2::text[]) n (id, status) where s.submission_id = n.id`,
      [ids, states],
    )
    const inOrder = [3, 5, 2, 1, 4, 0].map((nth) => ids[nth]!)
    const read = async (args: object) =>
      (await list({ p_jornada: jx.DAY, ...args })).items.map(({ id }) => id)
    expect(await read({ p_search: 'ana perez', p_status: 'confirmed' })).toEqual([ids[1], ids[4]])
    for (const p_search of [null, 'ana perez']) {
      expect(await read({ p_search })).toEqual(inOrder)
      for (const [nth, id] of inOrder.entries()) {
        const { rows } = await db.pool.query<{ key: string }>(
          'select app.registration_key(s, $2) as key from app.submissions s where s.id = $1',
          [id, jx.DAY],
        )
        expect(await read({ p_search, p_after: rows[0]!.key })).toEqual(inOrder.slice(nth + 1))
      }
    }
  })

  test('narrows to a day and a status of it', async () => {
    const [first, second, third] = await jx.registerMany(db, 3)
    const elsewhere = await jx.register(db, { jornada_ids: [jx.NEXT_DAY] })
    const ids = async (args: object) => (await list(args)).items.map(({ id }) => id)
    expect(await ids({ p_jornada: jx.DAY })).toEqual([third!.id, first!.id, second!.id])
    expect(await ids({ p_jornada: jx.DAY, p_status: 'waiting' })).toEqual([third!.id])
    expect(await ids({ p_status: 'confirmed' })).toEqual([first!.id, second!.id, elsewhere.id])
    expect(await ids({ p_jornada: jx.NEXT_DAY, p_status: 'waiting' })).toEqual([])
  })

  test('finds by folio, person and body, joined or by acronym, within the filter', async () => {
    const { rows } = await db.pool.query<{ id: string }>(
      `insert into app.sujetos_obligados (name, acronym, class_key, municipality)
       values ('Instituto de Salud Pública', 'ISPX', 'poder_ejecutivo', '15106') returning id`,
    )
    const one = await jx.register(db, { body_id: rows[0]!.id, display_name: 'Rosa de Ávila' })
    await jx.register(db)
    expect(await find(one.row.folio.toLowerCase())).toEqual([one.id])
    for (const typed of ['davila', 'ispx', 'salud publica', 'toluca'])
      expect(await find(typed)).toEqual([one.id])
    expect(await find('davila', { p_status: 'waiting' })).toEqual([])
    expect(await find('zz')).toEqual([])
  })

  test('comes in pages of fifty that hold everybody once, with the days on the first one', async () => {
    await db.pool.query(
      `insert into app.submissions select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(),
         'folio', 'JO-2026-' || (900000 + n) || '-0', 'received_at', s.received_at + n * interval '1 second'))).*
       from app.submissions s, generate_series(1, 60) n where s.id = $1`,
      [(await jx.register(db)).id],
    )
    await db.pool.query(
      `insert into app.registrations (submission_id, body_id, post) select s.id, b.id, 'x' from app.submissions s,
       (select id from app.sujetos_obligados limit 1) b where s.kind = 'jornadas' on conflict do nothing`,
    )
    const first = await list()
    const second = await list({ p_after: first.next })
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect([first.items.length, new Set(ids).size, second.next, second.days]).toEqual([
      50,
      ids.length,
      null,
      undefined,
    ])
    expect(ids.length).toBeGreaterThan(60)
  })

  test.each([
    ['an auditor', () => fx.auditor, 'ok'],
    ['a moderator', () => fx.moderator, 'ok'],
    ['a door volunteer', () => fx.doorVolunteer, 'PT403 not_allowed'],
    ['a stranger', () => fx.stranger, 'PT403 not_allowed'],
  ])('is read by %s: %s', async (_, actor, expected) =>
    expect(await fx.outcome(list({}, actor()))).toBe(expected),
  )
})
