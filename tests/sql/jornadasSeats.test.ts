/**
 * Seats: the capacity is never exceeded, the order of arrival always counts, and a returned seat is offered to
 * the next in line.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ApplyOpsAnswer } from '@/domain/ops'
import { callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
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
  await jx.setDay(db, jx.DAY, 1)
})
afterEach(() => fx.setClock(db, null))
afterAll(() => db.drop())

const many = (count: number) => jx.registerMany(db, count, { body_id: body })
const later = async (interval: string) =>
  fx.setClock(db, await fx.shift(db, new Date().toISOString(), interval))
const runJobs = () => callAs(db, service, 'run_due_jobs') as Promise<Record<string, number>>
const subjects = async (id: string) =>
  (await jx.lettersTo(db, id)).map(({ subject }) => subject.split(':')[0])
const states = (all: jx.Registered[]) => jx.seatsOf(db, all)

/** Registers these on one connection, one after the other, and repeats each while the server answers `retry`. */
async function registerOn(payloads: unknown[], retries: { count: number }): Promise<void> {
  const client = new pg.Client({ connectionString: db.url })
  await client.connect()
  try {
    for (const payload of payloads) {
      const op = fx.op('registration.submit', randomUUID(), payload, { secret: fx.newSecret() })
      while (await isBusy(client, op)) retries.count += 1
    }
  } finally {
    await client.end()
  }
}

/** Sends the op in a transaction of its own. True, after the asked pause, when the server was busy. */
async function isBusy(client: pg.Client, op: unknown): Promise<boolean> {
  await client.query('begin')
  await client.query(`select set_config('role', 'anon', true)`)
  const { rows } = await client.query<{ result: ApplyOpsAnswer }>('select public.apply_ops($1) as result', [
    JSON.stringify({ ops: [op] }),
  ])
  await client.query('commit')
  const verdict = rows[0]!.result.verdicts[0]!
  if (verdict.status === 'applied') return false
  if (verdict.status !== 'retry' || verdict.code !== 'busy') throw new Error(JSON.stringify(verdict))
  await new Promise((resolve) => setTimeout(resolve, verdict.after_ms))
  return true
}

describe('two hundred registrations at once for ten seats', () => {
  test('of 200 registrations over 40 connections ten are confirmed and 190 wait, in the order of the lock, without an error', async () => {
    await jx.setDay(db, jx.DAY, 10)
    await db.pool.query('create table granted (position bigint, at timestamptz)')
    await db.pool.query(
      `create function note_grant() returns trigger language plpgsql security definer as $$ begin
         insert into public.granted values (new.position, clock_timestamp()); return null; end $$`,
    )
    await db.pool.query(
      'create trigger note_grant after insert on app.seats for each row execute function note_grant()',
    )
    const payloads = await Promise.all(
      Array.from({ length: 200 }, () => jx.registration(db, { body_id: body })),
    )
    const retries = { count: 0 }
    const started = performance.now()
    await Promise.all(
      Array.from({ length: 40 }, (_, at) => registerOn(payloads.slice(at * 5, at * 5 + 5), retries)),
    )
    console.info(`200 registrations: ${Math.round(performance.now() - started)} ms, ${retries.count} retries`)
    const { rows } = await db.pool.query(
      `select array_agg(s.status order by s.position) as in_line, array_agg(g.position order by g.at) as by_grant,
         array_agg(s.position order by s.position) as positions
       from app.seats s join granted g on g.position = s.position where s.jornada_id = $1`,
      [jx.DAY],
    )
    const { in_line, by_grant, positions } = rows[0]
    expect(in_line).toEqual([...Array(10).fill('confirmed'), ...Array(190).fill('waiting')])
    expect(positions).toEqual(Array.from({ length: 200 }, (_, i) => i + 1).map(String))
    expect(by_grant).toEqual(positions)
    await db.pool.query('drop trigger note_grant on app.seats')
  })
})

describe('returned seats', () => {
  test('a returned seat is offered to the first in line with a deadline, not to a new arrival', async () => {
    const all = await many(3)
    expect(await states(all)).toEqual(['confirmed', 'waiting 1', 'waiting 2'])
    expect(await jx.author(db, 'registration.cancel_day', all[0]!)).toBe('applied')
    all.push(await jx.register(db, { body_id: body }))
    expect(await states(all)).toEqual(['cancelled', 'offered', 'waiting 1', 'waiting 2'])
    expect(await subjects(all[0]!.id)).toEqual(['Recibimos su inscripción', 'Su lugar se canceló'])
    const [, offer] = await jx.lettersTo(db, all[1]!.id)
    expect(offer!.subject).toContain('Hay un lugar para usted')
    expect(offer!.body).toMatch(/Tiene hasta el .* hora del centro de México para aceptarlo/)
    expect(await jx.author(db, 'registration.accept_offer', all[1]!)).toBe('applied')
    expect(await states(all)).toEqual(['cancelled', 'confirmed', 'waiting 1', 'waiting 2'])
    expect((await subjects(all[1]!.id)).at(-1)).toBe('Su lugar está confirmado')
  })

  test('an offer that nobody accepts passes down the waiting list, one person a day, until the list is empty', async () => {
    const all = await many(3)
    await jx.author(db, 'registration.cancel_day', all[0]!)
    await later('23 hours 59 minutes')
    expect((await runJobs())['offers_lapsed']).toBe(0)
    await later('24 hours 1 minute')
    expect(await jx.author(db, 'registration.accept_offer', all[1]!)).toBe('offer_expired jornada_id')
    expect((await runJobs())['offers_lapsed']).toBe(1)
    expect(await states(all)).toEqual(['cancelled', 'cancelled', 'offered'])
    expect((await subjects(all[1]!.id)).at(-1)).toBe('Venció el plazo para aceptar su lugar')
    expect(await jx.author(db, 'registration.accept_offer', all[1]!)).toBe('offer_expired jornada_id')
    await later('48 hours 2 minutes')
    expect((await runJobs())['offers_lapsed']).toBe(1)
    expect(await states(all)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(await states([await jx.register(db, { body_id: body })])).toEqual(['confirmed'])
  })

  test('an offer ends at the latest two hours before the start, and no seat can be cancelled after the start', async () => {
    const all = await many(3)
    await later('9 days 20 hours')
    await jx.author(db, 'registration.cancel_day', all[0]!)
    const { seats } = await jx.contentOf(db, all[1]!)
    const { rows } = await db.pool.query<{ limit: Date }>(
      `select starts_at - interval '2 hours' as limit from app.jornadas where id = $1`,
      [jx.DAY],
    )
    expect(new Date(seats[0]!.offer_until!)).toEqual(rows[0]!.limit)
    await later('9 days 22 hours 1 minute')
    await runJobs()
    expect(await states(all)).toEqual(['cancelled', 'cancelled', 'waiting 1'])
    await later('10 days 1 minute')
    expect(await jx.author(db, 'registration.cancel_day', all[2]!)).toBe('jornada_past jornada_id')
  })

  test('a repeated cancellation or acceptance is not refused', async () => {
    const all = await many(2)
    expect(await jx.author(db, 'registration.accept_offer', all[0]!)).toBe('applied')
    expect(await jx.author(db, 'registration.accept_offer', all[1]!)).toBe('offer_expired jornada_id')
    expect(await jx.author(db, 'registration.cancel_day', all[0]!)).toBe('applied')
    expect(await jx.author(db, 'registration.cancel_day', all[0]!)).toBe('applied')
    expect(await states(all)).toEqual(['cancelled', 'offered'])
  })

  test.each([
    ['an unknown day', randomUUID(), 'seat_unknown jornada_id'],
    ['a day without registration', jx.NEXT_DAY, 'seat_unknown jornada_id'],
    ['no day', null, 'seat_unknown jornada_id'],
    ['a number', 7, 'malformed_op jornada_id'],
  ])('cancelling or accepting a seat on %s is refused', async (_, day, expected) => {
    const [one] = await many(1)
    expect(await jx.author(db, 'registration.cancel_day', one!, day)).toBe(expected)
    expect(await jx.author(db, 'registration.accept_offer', one!, day)).toBe(expected)
  })

  test('another author’s secret cannot cancel or accept a seat', async () => {
    const [one, other] = await many(2)
    const thief = { ...one!, secret: other!.secret }
    expect(await jx.author(db, 'registration.cancel_day', thief)).toBe('submission_unknown')
    expect(await jx.author(db, 'registration.accept_offer', thief)).toBe('submission_unknown')
  })
})

describe('withdrawing a registration', () => {
  test('a withdrawal returns all seats, and undoing it puts the author at the end of the waiting list', async () => {
    await jx.setDay(db, jx.NEXT_DAY, 1, '12 days')
    const first = await jx.register(db, { body_id: body, jornada_ids: [jx.DAY, jx.NEXT_DAY] })
    const all = [first, ...(await many(2))]
    expect(await jx.author(db, 'submission.withdraw', first)).toBe('applied')
    expect(await states(all)).toEqual(['cancelled', 'offered', 'waiting 1'])
    expect(await jx.seatsOf(db, [first], jx.NEXT_DAY)).toEqual(['cancelled'])
    expect(await jx.author(db, 'registration.cancel_day', first)).toBe('seat_unknown jornada_id')
    expect(await jx.author(db, 'submission.undo_withdraw', first)).toBe('applied')
    expect(await states(all)).toEqual(['waiting 2', 'offered', 'waiting 1'])
    expect(await jx.seatsOf(db, [first], jx.NEXT_DAY)).toEqual(['confirmed'])
    expect(await subjects(first.id)).toEqual([
      'Recibimos su inscripción',
      'Su lugar se canceló',
      'Recibimos su inscripción',
    ])
  })

  test('undoing a withdrawal restores neither a day cancelled before nor a day that a newer registration holds', async () => {
    await jx.setDay(db, jx.DAY, 5)
    await jx.setDay(db, jx.NEXT_DAY, 5, '12 days')
    const both = { body_id: body, jornada_ids: [jx.DAY, jx.NEXT_DAY], email: 'x@edomex.example' }
    const one = await jx.register(db, both)
    await jx.author(db, 'registration.cancel_day', one)
    await jx.author(db, 'submission.withdraw', one)
    const anew = await jx.register(db, { ...both, jornada_ids: [jx.NEXT_DAY] })
    await jx.author(db, 'submission.undo_withdraw', one)
    expect(await states([one])).toEqual(['cancelled'])
    expect(await jx.seatsOf(db, [one, anew], jx.NEXT_DAY)).toEqual(['cancelled', 'confirmed'])
  })

  test('concurrent withdrawals, undos and jobs neither exceed the capacity nor block each other', async () => {
    await jx.setDay(db, jx.DAY, 3)
    const all = await many(8)
    const retry = async (work: () => Promise<string>): Promise<string> => {
      const answer = await work()
      return answer === 'busy' ? retry(work) : answer
    }
    await Promise.all([
      ...all.map(async (one) => {
        await retry(() => jx.author(db, 'submission.withdraw', one))
        await retry(() => jx.author(db, 'submission.undo_withdraw', one))
      }),
      ...Array.from({ length: 5 }, runJobs),
    ])
    const { rows } = await db.pool.query(
      `select app.seats_taken($1) as taken, count(*) filter (where status = 'cancelled')::int as cancelled from app.seats`,
      [jx.DAY],
    )
    expect(rows[0]).toEqual({ taken: 3, cancelled: 0 })
  })
})

test('no sequence of actions exceeds the capacity or leaves somebody waiting beside a free seat', async () => {
  const step = fc.record({
    who: fc.nat(5),
    what: fc.constantFrom('cancel', 'accept', 'withdraw', 'undo', 'lapse'),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(step, { maxLength: 10 }),
      async (capacity, steps) => {
        await jx.clear(db)
        await fx.setClock(db, null)
        await jx.setDay(db, jx.DAY, capacity)
        const all = await many(6)
        for (const { who, what } of steps) {
          if (what === 'cancel') await jx.author(db, 'registration.cancel_day', all[who]!)
          if (what === 'accept') await jx.author(db, 'registration.accept_offer', all[who]!)
          if (what === 'withdraw') await jx.author(db, 'submission.withdraw', all[who]!)
          if (what === 'undo') await jx.author(db, 'submission.undo_withdraw', all[who]!)
          if (what === 'lapse') {
            await db.pool.query(`update app.seats set offer_until = app.now() where status = 'offered'`)
            await runJobs()
          }
          const { rows } = await db.pool.query<{ taken: number; waiting: number }>(
            `select app.seats_taken($1) as taken, count(*) filter (where status = 'waiting')::int as waiting
           from app.seats where jornada_id = $1`,
            [jx.DAY],
          )
          expect(rows[0]!.taken).toBeLessThanOrEqual(capacity)
          if (rows[0]!.taken < capacity) expect(rows[0]!.waiting).toBe(0)
        }
      },
    ),
    { numRuns: 15 },
  )
})
