/** Somebody else of the body attends instead: the seat keeps its place, and each person has the days that they attended. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
})
beforeEach(() => jx.beginWithTwoDays(db))
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const many = (count: number, change: object = {}) => jx.registerMany(db, count, { body_id: body, ...change })
const other = (change: object = {}) => ({
  id: randomUUID(),
  display_name: 'Berta Ruiz',
  post: 'Jefa de archivo',
  email: `${randomUUID()}@edomex.example`,
  ...change,
})
const substitute = (one: jx.Registered, data: object, p_secret = one.secret) =>
  callAs(db, anon, 'substitute_delegate', {
    p_folio: one.row.folio,
    p_secret,
    p_data: JSON.stringify(data),
  }).then(
    () => 'done',
    (error: Error) => error.message,
  )
/** Everybody of a day in their order: name, status, and whether the seat has a term. */
const line = async (jornada = jx.DAY) =>
  (
    await db.pool.query<{ words: string }>(
      `select concat_ws(' ', split_part(c.display_name, ' ', 1), s.status, case when s.held_until is not null then 'held' end) as words
       from app.seats s join app.contacts c on c.submission_id = s.submission_id
       where s.jornada_id = $1 order by (s.status = 'cancelled'), s.position`,
      [jornada],
    )
  ).rows.map(({ words }) => words)
const passOf = async (id: string) =>
  (
    await db.pool.query<{ code: string }>(
      'select pass_code as code from app.seats where submission_id = $1',
      [id],
    )
  ).rows[0]!.code

describe('the person with the private link', () => {
  test('a seat passes on with a new pass and a term to confirm, and the old pass opens no door', async () => {
    const [one] = await many(1)
    const before = await passOf(one!.id)
    const data = other()
    expect(await substitute(one!, data)).toBe('done')
    expect(await line()).toEqual(['Berta confirmed held', 'Ana cancelled'])
    expect(await passOf(data.id)).not.toBe(before)
    const [seat] = (await jx.contentOf(db, one!)).seats
    expect(seat).toMatchObject({ status: 'cancelled', substituted: true, pass_code: null })
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '10 days'))
    expect(jx.word(await jx.checkIn(db, fx.moderator, one!.id, { code: before }))).toBe('seat_not_confirmed')
    expect(jx.word(await jx.checkIn(db, fx.moderator, data.id, { code: before }))).toBe('pass_wrong code')
  })

  test('who waits keeps the place in the line for the other person, and an offer its term', async () => {
    const all = await many(5)
    expect(await substitute(all[3]!, other())).toBe('done')
    expect(await line()).toEqual([
      'Ana confirmed',
      'Ana confirmed',
      'Ana waiting',
      'Berta waiting',
      'Ana waiting',
      'Ana cancelled',
    ])
    await jx.author(db, 'registration.cancel_day', all[0]!)
    expect(await substitute(all[2]!, other({ display_name: 'Carla Soto' }))).toBe('done')
    expect((await line()).slice(0, 4)).toEqual([
      'Ana confirmed',
      'Carla offered',
      'Berta waiting',
      'Ana waiting',
    ])
  })

  test('an address that was confirmed before needs no term', async () => {
    const [one] = await many(1)
    await substitute(one!, other({ email: await jx.confirmedAddress(db) }))
    expect(await line()).toEqual(['Berta confirmed', 'Ana cancelled'])
  })

  test('of several days one passes on, and the others stay', async () => {
    const [one] = await many(1, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    expect(await substitute(one!, other({ jornada_ids: [jx.NEXT_DAY] }))).toBe('done')
    expect(await line()).toEqual(['Ana confirmed'])
    expect(await line(jx.NEXT_DAY)).toEqual(['Berta confirmed held', 'Ana cancelled'])
    expect(await substitute(one!, other({ jornada_ids: [jx.NEXT_DAY] }))).toBe('seat_unknown')
  })

  test('a day that was attended stays with who attended it, and the days to come pass on', async () => {
    const [one] = await many(1, { jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '10 days'))
    await jx.checkIn(db, fx.moderator, one!.id, {})
    expect(await substitute(one!, other())).toBe('done')
    expect(await line()).toEqual(['Ana attended'])
    expect(await line(jx.NEXT_DAY)).toEqual(['Berta confirmed held', 'Ana cancelled'])
  })

  test('who has the day already takes no second seat, and the seat goes to who waits', async () => {
    const all = await many(3)
    const twice = await db.pool.query<{ email: string }>(
      'select email from app.contacts where submission_id = $1',
      [all[1]!.id],
    )
    expect(await substitute(all[0]!, other({ display_name: 'Ana Pérez', email: twice.rows[0]!.email }))).toBe(
      'done',
    )
    expect((await line()).filter((words) => words.includes('repeated'))).toHaveLength(1)
    expect((await jx.seatsOf(db, all)).slice(1)).toEqual(['confirmed', 'offered'])
  })

  test('a second registration of the former person takes no seat that passed on', async () => {
    const [one] = await many(1)
    const { rows } = await db.pool.query<{ email: string }>(
      'select email from app.contacts where submission_id = $1',
      [one!.id],
    )
    const again = await jx.register(db, { body_id: body, email: rows[0]!.email })
    await many(2)
    await substitute(one!, other())
    expect(await jx.seatsOf(db, [again])).toEqual(['waiting 2'])
  })

  test('both are told: one that somebody else attends, the other who gave the data, and how to refuse', async () => {
    const [one] = await many(1)
    const data = other()
    await substitute(one!, data)
    expect((await jx.lettersTo(db, one!.id)).at(-1)!.body).toContain('Su pase de esos días ya no vale.')
    const letter = (await jx.lettersTo(db, data.id)).at(-1)!
    expect(letter.subject).toContain('Le dieron un lugar en una jornada')
    expect(letter.body).toContain('no quiere que tengamos sus datos, cancele su inscripción')
    expect(letter.body).toContain('{{app}}/c/')
    const { rows } = await db.pool.query(
      `select kind from app.review_events where submission_id = any ($1) and kind like 'substitut%' order by seq`,
      [[one!.id, data.id]],
    )
    expect(rows).toEqual([{ kind: 'substituted' }, { kind: 'substitutes' }])
  })

  test('a repeated call changes nothing, and wrong data, a stranger and another’s id are refused', async () => {
    const [one, two] = await many(2)
    const data = other()
    await substitute(one!, data)
    const letters = await db.pool.query('select count(*)::int as n from app.mail_queue')
    expect(await substitute(one!, data)).toBe('done')
    expect((await db.pool.query('select count(*)::int as n from app.mail_queue')).rows).toEqual(letters.rows)
    expect(await substitute(two!, other(), fx.newSecret())).toBe('submission_unknown')
    expect(await substitute(two!, { ...other(), id: one!.id })).toBe('submission_unknown')
    expect(await substitute(two!, other({ display_name: ' ' }))).toBe('name_required')
    expect(await substitute(two!, other({ post: '' }))).toBe('post_required')
    expect(await substitute(two!, other({ email: null }))).toBe('email_required')
    expect(await substitute(two!, other({ jornada_ids: [jx.NEXT_DAY] }))).toBe('seat_unknown')
    expect(await substitute(two!, other({ jornada_ids: 'x' }))).toBe('malformed_op')
    await fx.setClock(db, await fx.shift(db, new Date().toISOString(), '10 days 1 hour'))
    expect(await substitute(two!, other())).toBe('jornada_past')
  })
})

describe('the coordination', () => {
  const act = async (one: jx.Registered, payload: object, actor = fx.coordinator, version?: number) =>
    jx.word(
      await fx.applyOne(
        db,
        actor,
        fx.op('registration.substitute', one.id, payload, {
          expected_version:
            version ?? ((await fx.openFolio(db, one.row.folio, one.secret)) as { version: number }).version,
        }),
      ),
    )

  test('passes a seat on with a reason and without an address, and the person is confirmed', async () => {
    const [one] = await many(1)
    const payload = { ...other({ email: null }), reason: 'Lo pidió su oficina.' }
    expect(await act(one!, payload)).toBe('applied')
    expect(await line()).toEqual(['Berta confirmed', 'Ana cancelled'])
    expect((await jx.lettersTo(db, one!.id)).at(-1)!.body).toContain('Motivo: Lo pidió su oficina.')
    expect(await act(one!, payload, fx.coordinator, 1)).toBe('applied') // repeated
    expect(await line()).toHaveLength(2)
  })

  test('needs the version that was seen, a reason and the role', async () => {
    const [one] = await many(1)
    expect(await act(one!, { ...other(), reason: 'x' }, fx.coordinator, 99)).toBe('conflict')
    expect(await act(one!, other())).toBe('reason_required reason')
    expect(await act(one!, { ...other(), reason: 'x' }, fx.moderator)).toBe('not_allowed')
  })
})
