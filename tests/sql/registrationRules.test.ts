/** What a campaign asks besides seats: people of one body on a day, approval, «¿Sigue viniendo?», and word to liaisons. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

let db: TestDatabase
let body: string
beforeAll(async () => {
  db = await createTestDatabase()
})
beforeEach(async () => {
  await db.pool.query('delete from app.told_liaisons; delete from app.registration_rules')
  await jx.beginWithTwoDays(db)
  body = await jx.addBody(db)
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

interface Rules {
  body_limit?: number
  approval?: boolean
  ask_days?: number
  silence_frees?: boolean
  tell_liaison?: boolean
}
const rule = ({
  body_limit,
  approval = false,
  ask_days,
  silence_frees = false,
  tell_liaison = false,
}: Rules) =>
  db.pool.query(
    `insert into app.registration_rules (convocatoria_id, body_limit, approval, ask_days, silence_frees, tell_liaison)
     values ($1, $2, $3, $4, $5, $6)`,
    [jx.JORNADAS, body_limit ?? null, approval, ask_days ?? null, silence_frees, tell_liaison],
  )
const register = (change: object = {}) => jx.register(db, { body_id: body, ...change })
const many = (count: number, change: object = {}) => jx.registerMany(db, count, { body_id: body, ...change })
const seatOf = async (one: jx.Registered) => (await jx.contentOf(db, one)).seats[0]!
const at = async (interval: string) => fx.setClock(db, await fx.shift(db, new Date().toISOString(), interval))
const runJobs = () => callAs(db, service, 'run_due_jobs') as Promise<Record<string, number>>
const subjects = async ({ id }: jx.Registered) =>
  (await jx.lettersTo(db, id)).map(({ subject }) => subject.split(':')[0])
const statuses = async () =>
  (
    await db.pool.query<{ status: string }>(
      'select status from app.seats where jornada_id = $1 order by position',
      [jx.DAY],
    )
  ).rows.map(({ status }) => status)

describe('people of one body on a day', () => {
  test('who is over the limit is received and waits for staff, while another body gets the free seat', async () => {
    await rule({ body_limit: 1 })
    const [one, over] = await many(2)
    const other = await jx.register(db)
    expect(await jx.seatsOf(db, [one!, other])).toEqual(['confirmed', 'confirmed'])
    expect(await seatOf(over!)).toMatchObject({
      status: 'waiting',
      set_apart: true,
      over_limit: true,
      place: 1,
    })
    expect((await jx.lettersTo(db, over!.id)).at(-1)!.body).toContain(
      'su institución ya tiene el máximo de lugares',
    )
  })

  test('a body that gives a seat back has room for its first one over the limit', async () => {
    await rule({ body_limit: 1 })
    await jx.setDay(db, jx.DAY, 5)
    const all = await many(3)
    await jx.author(db, 'registration.cancel_day', all[0]!)
    expect((await runJobs())['seats_admitted']).toBe(1)
    expect(await jx.seatsOf(db, all)).toEqual(['cancelled', 'confirmed', 'waiting 1'])
    expect((await seatOf(all[2]!)).over_limit).toBe(true)
  })

  test('confirming the address admits nobody over the limit, and staff may admit', async () => {
    await rule({ body_limit: 1 })
    await jx.setDay(db, jx.DAY, 5)
    await register()
    const over = await register({ email: 'nadie@edomex.example' })
    await db.pool.query(`select app.confirm_address(app.address_key('nadie@edomex.example'))`)
    await runJobs()
    expect((await seatOf(over)).over_limit).toBe(true)
    await callAs(db, fx.coordinator, 'admit_registrations', { p_ids: `{${over.id}}` })
    expect(await seatOf(over)).toMatchObject({ status: 'confirmed' })
    expect((await seatOf(over)).over_limit).toBeUndefined()
  })
})

describe('approval', () => {
  const approve = async (one: jx.Registered, actor = fx.coordinator) =>
    jx.word(await fx.applyOne(db, actor, fx.op('registration.approve', one.id, {})))

  test('a place is held while the institution has not approved, without a pass, and nobody else takes it', async () => {
    await rule({ approval: true })
    const all = await many(3)
    expect(await statuses()).toEqual(['pending', 'pending', 'waiting'])
    expect(await seatOf(all[0]!)).toMatchObject({
      status: 'waiting',
      place: null,
      pending: true,
      pass_code: null,
    })
    expect(await seatOf(all[2]!)).toMatchObject({ status: 'waiting', place: 1 })
    expect((await jx.lettersTo(db, all[0]!.id)).at(-1)!.body).toContain('falta que el instituto apruebe')
  })

  test('approving gives the pass, says so and is done once', async () => {
    await rule({ approval: true })
    const one = await register()
    expect(await approve(one)).toBe('applied')
    expect(await approve(one)).toBe('applied')
    expect(await seatOf(one)).toMatchObject({ status: 'confirmed', pass_code: expect.any(String) })
    expect((await subjects(one)).filter((subject) => subject === 'Su lugar está confirmado')).toHaveLength(1)
    expect(await approve(one, fx.moderator)).toBe('not_allowed')
  })

  test('taken back within a minute holds the places again and sends no letter; later, or once somebody came, it stays', async () => {
    await rule({ approval: true })
    const [one, late] = await many(2)
    const undo = async (who: jx.Registered, actor = fx.coordinator) => {
      const { rows } = await db.pool.query<{ id: string }>(
        `select id from app.review_events where submission_id = $1 and kind = 'approved' order by seq desc limit 1`,
        [who.id],
      )
      return jx.word(
        await fx.applyOne(db, actor, fx.op('registration.undo_approve', who.id, { event_id: rows[0]!.id })),
      )
    }
    const letters = async (who: jx.Registered) =>
      (await subjects(who)).filter((one) => one === 'Su lugar está confirmado')
    await approve(one!)
    expect(await undo(one!, fx.moderator)).toBe('not_allowed')
    expect(await undo(one!)).toBe('applied')
    expect(await seatOf(one!)).toMatchObject({ pending: true, pass_code: null })
    expect(await letters(one!)).toEqual([])
    expect(await undo(one!)).toBe('undo_expired event_id')
    await approve(late!)
    expect(await letters(late!)).toHaveLength(1)
    await at('61 seconds')
    expect(await undo(late!)).toBe('undo_expired event_id')
    expect(await statuses()).toEqual(['pending', 'confirmed'])
  })

  test('who waits is approved beforehand, an accepted offer is held, and a cancelled place goes to the line', async () => {
    await rule({ approval: true })
    const all = await many(4)
    await approve(all[2]!)
    expect(await jx.author(db, 'registration.cancel_day', all[0]!)).toBe('applied')
    expect(await statuses()).toEqual(['cancelled', 'pending', 'offered', 'waiting'])
    await jx.author(db, 'registration.accept_offer', all[2]!)
    await jx.author(db, 'registration.cancel_day', all[1]!)
    expect(await jx.author(db, 'registration.accept_offer', all[3]!)).toBe('applied')
    expect(await jx.author(db, 'registration.accept_offer', all[3]!)).toBe('applied')
    expect(await statuses()).toEqual(['cancelled', 'cancelled', 'confirmed', 'pending'])
    expect((await subjects(all[3]!)).at(-1)).toBe('Su lugar está apartado')
  })

  test('an unconfirmed person loses the held place after the term like everybody', async () => {
    await rule({ approval: true })
    await register({ email: 'otra@edomex.example' })
    await many(2)
    await db.pool.query(`update app.registrations set reminded_at = app.now() - interval '3 hours'`)
    await db.pool.query(`update app.seats set held_until = app.now() where held_until is not null`)
    await runJobs()
    expect(await statuses()).toEqual(['pending', 'offered', 'waiting'])
  })
})

describe('«¿Sigue viniendo?»', () => {
  const keep = ({ row, secret }: jx.Registered, p_secret = secret) =>
    callAs(db, anon, 'keep_seat', { p_folio: row.folio, p_secret, p_jornada: jx.DAY }).then(
      () => 'kept',
      (error: Error) => error.message,
    )

  test('nobody is asked without the rule, earlier than its days, or where nobody waits', async () => {
    const all = await many(3)
    await at('8 days')
    expect((await runJobs())['asked_again']).toBe(0)
    await rule({ ask_days: 3 })
    await at('6 days')
    expect((await runJobs())['asked_again']).toBe(0)
    await jx.author(db, 'registration.cancel_day', all[2]!)
    await at('8 days')
    expect((await runJobs())['asked_again']).toBe(0)
  })

  test('everybody with a seat is asked once where somebody waits, and a tap keeps it', async () => {
    await rule({ ask_days: 3, silence_frees: true })
    const all = await many(3)
    await at('8 days')
    expect((await runJobs())['asked_again']).toBe(2)
    expect((await runJobs())['asked_again']).toBe(0)
    expect((await subjects(all[0]!)).at(-1)).toBe('¿Sigue viniendo?')
    expect(await seatOf(all[0]!)).toMatchObject({ keep_until: expect.any(String) })
    expect([await keep(all[0]!), await keep(all[0]!)]).toEqual(['kept', 'kept'])
    expect((await seatOf(all[0]!)).keep_until).toBeUndefined()
    expect(await keep(all[1]!, fx.newSecret())).toBe('submission_unknown')
    expect(await keep(all[2]!)).toBe('seat_not_confirmed')
  })

  test('silence gives up no more seats than wait, and only where the rule says so', async () => {
    await rule({ ask_days: 3, silence_frees: true })
    const all = await many(3)
    await at('8 days')
    await runJobs()
    await db.pool.query('update app.seats set keep_until = app.now() where keep_until is not null')
    expect((await runJobs())['silent_freed']).toBe(1)
    expect(await jx.seatsOf(db, all)).toEqual(['cancelled', 'confirmed', 'offered'])
    expect((await subjects(all[0]!)).at(-1)).toBe('Su lugar pasó a quien esperaba')
  })

  test('without that rule silence keeps the seat', async () => {
    await rule({ ask_days: 3 })
    const all = await many(3)
    await at('8 days')
    await runJobs()
    await db.pool.query('update app.seats set keep_until = app.now() where keep_until is not null')
    expect((await runJobs())['silent_freed']).toBe(0)
    expect(await jx.seatsOf(db, all)).toEqual(['confirmed', 'confirmed', 'waiting 1'])
  })
})

describe('the liaison of a body', () => {
  const told = async () =>
    (
      await db.pool.query<{ body: string }>(
        `select body from app.mail_queue where recipient = 'enlace@edomex.example' order by id`,
      )
    ).rows
  beforeEach(() =>
    db.pool.query(
      `insert into app.body_liaisons (body_id, name, email) values ($1, 'Luz', 'enlace@edomex.example')`,
      [body],
    ),
  )

  test('learns once a day who registered since, and only where the campaign says so', async () => {
    await register({ display_name: 'Ana Pérez' })
    await runJobs()
    expect(await told()).toEqual([])
    await rule({ tell_liaison: true })
    await runJobs()
    await register({ display_name: 'Berta Ruiz' })
    await runJobs()
    expect(await told()).toHaveLength(1)
    expect((await told())[0]!.body).toMatch(/· Ana Pérez, Titular de la Unidad de Transparencia: .*Jornada/)
    await at('24 hours 1 minute')
    await runJobs()
    const [, second] = await told()
    expect(second!.body).toContain('Berta Ruiz')
    expect(second!.body).not.toContain('Ana Pérez')
  })
})
