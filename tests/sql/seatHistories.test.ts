/**
 * Any interleaving of what people, staff, two doors without signal and the clock do with a day in both modalities: never over
 * capacity, never out of order, no seat lost, no arrival lost. `SEAT_HISTORIES=200` plays more of them than the gate does.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Actor, anon, callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import { DOOR_STEPS, Doors } from './historyDoors'
import * as jx from './jornadaFixtures'

const RUNS = Number(process.env['SEAT_HISTORIES'] ?? 6)

let db: TestDatabase
let body: string
let emails: string[]
let keepers: Actor[]
beforeAll(async () => {
  db = await createTestDatabase()
  body = await jx.addBody(db)
  keepers = [fx.doorVolunteer, await fx.addStaff(db, 'door', { convocatoria: jx.JORNADAS })]
  emails = await Promise.all(Array.from({ length: 6 }, () => jx.confirmedAddress(db)))
})
beforeEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

interface Line {
  id: string
  folio: string
  position: string
  status: string
  online: boolean
  lapsed: boolean
  held: boolean
}
/** Everybody of the day, in the order in which each line is served. */
const snapshot = async (): Promise<Line[]> =>
  (
    await db.pool.query<Line>(
      `select s.submission_id as id, u.folio, s.position::text, s.status, s.online, s.lapsed, s.held_until is not null as held
       from app.seats s join app.submissions u on u.id = s.submission_id where s.jornada_id = $1
       order by s.lapsed, s.position`,
      [jx.DAY],
    )
  ).rows

const SEATED = ['confirmed', 'offered', 'attended', 'pending']
const step = fc.record({
  what: fc.constantFrom(
    ...([
      'register',
      'register',
      'online',
      'group',
      'confirm',
      'cancel',
      'cancel',
      'accept',
      'substitute',
      'modality',
    ] as const),
    ...(['expire', 'lapse', 'capacity', 'reschedule', 'attend', 'withdraw', 'undo', 'approve'] as const),
    ...(['ask', 'keep', 'silence'] as const),
    ...DOOR_STEPS,
  ),
  who: fc.nat(11),
  size: fc.integer({ min: 1, max: 4 }),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const isAtDoor = (what: Step['what']): what is (typeof DOOR_STEPS)[number] =>
  (DOOR_STEPS as readonly string[]).includes(what)

/** One history: what is done, and what must hold after each deed. */
class History {
  secrets = new Map<string, string>()
  folios = 0
  doors = new Doors(db, body, keepers)

  async register(change: object) {
    const email = this.folios % 2 ? emails[this.folios % 6]! : `${randomUUID()}@edomex.example`
    const one = await jx.register(db, {
      body_id: body,
      email,
      display_name: `Ana ${this.folios++}`,
      ...change,
    })
    this.secrets.set(one.id, one.secret)
  }
  op(kind: Parameters<typeof fx.op>[0], { id }: Line, payload: object) {
    return fx.applyOne(db, anon, fx.op(kind, id, payload, { secret: this.secrets.get(id)! }))
  }
  call = (fn: string, { folio, id }: Line, args: object) =>
    callAs(db, anon, fn, { p_folio: folio, p_secret: this.secrets.get(id) ?? 'x', ...args }).catch(() => null)

  async reschedule(change: object) {
    const { rows } = await db.pool.query<{ day: Record<string, unknown>; sequence: number }>(
      'select app.day_data(j) as day, sequence from app.jornadas j where id = $1',
      [jx.DAY],
    )
    const { on_day, starts_at, ends_at, place, modality, capacity, online_capacity } = rows[0]!.day
    const payload = {
      on_day,
      starts_at,
      ends_at,
      place,
      modality,
      capacity,
      online_capacity,
      reason: 'Cambió.',
      ...change,
    }
    const rest = { v: 3, expected_version: rows[0]!.sequence }
    await fx.applyOne(db, fx.coordinator, fx.op('jornada.reschedule', jx.DAY, payload, rest))
  }

  /** Does it, or has it refused: what must hold holds either way. */
  async play({ what, who, size }: Step) {
    const lines = await snapshot()
    const one = lines.filter(({ id }) => this.secrets.has(id))[who % Math.max(1, this.secrets.size)]
    if (what === 'register') return this.register({})
    if (what === 'online') return this.register({ online_ids: [jx.DAY] })
    if (what === 'group') {
      const person = () => ({
        display_name: 'Berta',
        post: 'Analista',
        email: `${randomUUID()}@edomex.example`,
      })
      return this.register({
        colleagues: Array.from({ length: size }, person),
        online_ids: who % 2 ? [jx.DAY] : [],
      })
    }
    if (what === 'capacity') return this.reschedule(who % 2 ? { capacity: size } : { online_capacity: size })
    if (what === 'reschedule')
      return this.reschedule({ capacity: size * 3, online_capacity: who % 2 ? size : null })
    if (what === 'expire') {
      await db.pool.query(`update app.seats set offer_until = app.now() where status = 'offered'`)
      return callAs(db, service, 'run_due_jobs')
    }
    if (what === 'ask') return callAs(db, service, 'run_due_jobs')
    if (what === 'silence') {
      await db.pool.query('update app.seats set keep_until = app.now() where keep_until is not null')
      return callAs(db, service, 'run_due_jobs')
    }
    if (isAtDoor(what)) return this.doors.play(what, lines[who % Math.max(1, lines.length)]?.id, size)
    if (what === 'lapse') {
      await db.pool.query(
        `update app.registrations set reminded_at = app.now() - interval '3 hours' where true`,
      )
      await db.pool.query('update app.seats set held_until = app.now() where held_until is not null')
      return callAs(db, service, 'run_due_jobs')
    }
    if (!one) return
    if (what === 'confirm') return db.pool.query('select app.confirm_people(array[$1]::uuid[])', [one.id])
    if (what === 'cancel') return this.op('registration.cancel_day', one, { jornada_id: jx.DAY })
    if (what === 'accept') return this.op('registration.accept_offer', one, { jornada_id: jx.DAY })
    if (what === 'withdraw') return this.op('submission.withdraw', one, {})
    if (what === 'undo') return this.op('submission.undo_withdraw', one, {})
    if (what === 'attend') return jx.checkIn(db, fx.moderator, one.id, { at: new Date().toISOString() })
    if (what === 'keep') return this.call('keep_seat', one, { p_jornada: jx.DAY })
    if (what === 'approve') return fx.applyOne(db, fx.coordinator, fx.op('registration.approve', one.id, {}))
    if (what === 'modality')
      return this.call('change_modality', one, { p_jornada: jx.DAY, p_online: !one.online })
    const data = {
      id: randomUUID(),
      display_name: 'Carla',
      post: 'Jefa',
      email: `${randomUUID()}@edomex.example`,
    }
    return this.call('substitute_delegate', one, { p_data: JSON.stringify(data) })
  }
}

/** Nobody who waits was passed over: those of a line who got a seat stood before those who still wait. */
function expectOrder(before: Line[], after: Line[]) {
  const now = new Map(after.map((one) => [one.position, one]))
  for (const online of [false, true]) {
    const waited = before.filter((one) => one.status === 'waiting' && one.online === online)
    const outcome = waited.map(({ position }) => now.get(position)).filter((one) => one?.online === online)
    const kinds = outcome
      .map((one) => (SEATED.includes(one!.status) ? 'seat' : one!.status))
      .filter((one) => ['seat', 'waiting'].includes(one))
    expect(kinds.join(' ')).toMatch(/^(?:seat ?)*(?:waiting ?)*$/u)
  }
}

async function expectFull() {
  const { rows } = await db.pool.query<{ over: boolean; idle: boolean }>(
    `select coalesce(bool_or(app.seats_taken(j.id, o) > coalesce(app.capacity_of(j, o), 2147483647)), false) as over,
       coalesce(bool_or(app.has_room(j.id, o) and (app.first_waiting(j.id, o)).submission_id is not null), false) as idle
     from app.jornadas j, unnest(case when j.online_capacity is null then '{false}' else '{false,true}' end::boolean[]) o
     where j.id = $1`,
    [jx.DAY],
  )
  expect(rows[0]).toEqual({ over: false, idle: false })
  const lost = await db.pool.query(
    `select 1 from app.seats s join app.jornadas j on j.id = s.jornada_id where s.online and j.online_capacity is null`,
  )
  expect(lost.rows).toEqual([])
}

test('no interleaving exceeds a capacity, passes over somebody, leaves a seat idle or loses an arrival', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.boolean(),
      fc.array(step, { minLength: 12, maxLength: 24 }),
      async (approval, asks, steps) => {
        await jx.clear(db)
        await db.pool.query('delete from app.registration_rules')
        await db.pool.query(
          'insert into app.registration_rules (convocatoria_id, approval, ask_days, silence_frees) values ($1, $2, $3, $4)',
          [jx.JORNADAS, approval, asks ? 1 : null, asks],
        )
        await jx.setDay(db, jx.DAY, 2, '5 hours')
        await db.pool.query(
          `update app.jornadas set modality = 'presencial', online_capacity = 1 where id = $1`,
          [jx.DAY],
        )
        const history = new History()
        let before: Line[] = []
        for (const one of steps) {
          await history.play(one)
          const after = await snapshot()
          await expectFull()
          expectOrder(before, after)
          const came = (lines: Line[]) =>
            lines.filter(({ status }) => status === 'attended').map(({ id }) => id)
          await history.doors.expectNoneLost()
          if (one.what !== 'sync') expect(came(after)).toEqual(expect.arrayContaining(came(before)))
          expect(new Set(after.map(({ id }) => id)).size).toBeGreaterThanOrEqual(
            new Set(before.map(({ id }) => id)).size,
          )
          before = after
        }
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  )
})
