/** Work that falls due with time: one job that fails stops no other, and administrators see it. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { callAs, createTestDatabase, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => db.pool.query(`delete from app.due_jobs where name like 'test_%'`))
afterAll(() => db.drop())

interface Faults {
  items: { job: string; code: string; times: number; since: string }[]
}
/** Adds a job that runs before all others. */
async function addJob(name: string, body: string) {
  await db.pool.query(
    `create or replace function app.${name}() returns int language plpgsql as $f$ ${body} $f$`,
  )
  await db.pool.query('insert into app.due_jobs (name, position, handler) values ($1::text, -1, $1)', [name])
}
const runAtOnce = () => callAs(db, service, 'run_due_jobs') as Promise<Record<string, number | null>>
const runApart = () => db.pool.query('call app.run_each_due_job()')
const faults = async () => ((await callAs(db, fx.admin, 'job_faults')) as Faults).items
const leaveOldLetter = () =>
  db.pool.query(
    `insert into app.mail_queue (recipient, address_key, class, subject, body, send_after, sent_at)
     values ('', 'a', 'notice', '', '', app.now(), app.now() - interval '31 days')`,
  )
const oldLetters = async () =>
  (await db.pool.query(`select from app.mail_queue where sent_at < app.now() - interval '30 days'`)).rowCount

test.each([
  ['in one transaction', runAtOnce],
  ['each in its own transaction', runApart],
])('a job that raises keeps nothing it did and stops no other job, %s', async (_, run) => {
  await addJob(
    'test_raises',
    `begin insert into app.caller_salts values ('2020-01-01', 'x'); raise 'broken'; end`,
  )
  await leaveOldLetter()
  await run()
  expect(await oldLetters()).toBe(0)
  expect((await db.pool.query(`select from app.caller_salts where salt = 'x'`)).rowCount).toBe(0)
  await run()
  expect(await faults()).toMatchObject([{ job: 'test_raises', code: 'P0001', times: 2 }])
})

test('a job that a time limit ends stops no other job', async () => {
  await addJob('test_sleeps', 'begin perform pg_sleep(30); return 1; end')
  await leaveOldLetter()
  const client = await db.pool.connect()
  try {
    await client.query(`set statement_timeout = '300ms'`)
    await client.query('call app.run_each_due_job()')
    await client.query('reset statement_timeout')
  } finally {
    client.release()
  }
  expect(await oldLetters()).toBe(0)
  const { rows } = await db.pool.query('select job, code from app.job_faults')
  expect(rows).toEqual([{ job: 'test_sleeps', code: '57014' }])
})

test('each job commits before the next one begins', async () => {
  await db.pool.query(`create table app.test_xids (xid xid8)`)
  await addJob('test_counts', 'begin insert into app.test_xids values (pg_current_xact_id()); return 1; end')
  await db.pool.query(
    `insert into app.due_jobs (name, position, handler) values ('test_again', 100000, 'test_counts')`,
  )
  await runApart()
  const { rows } = await db.pool.query('select count(distinct xid)::int as n from app.test_xids')
  expect(rows[0].n).toBe(2)
  await db.pool.query('drop table app.test_xids')
})

test('a fault disappears with the next success, and only administrators read what fails', async () => {
  await addJob('test_raises', `begin raise 'broken'; end`)
  await runAtOnce()
  expect(await faults()).toEqual([])
  expect(await runAtOnce()).toMatchObject({ test_raises: null, mail_swept: 0 })
  expect(await faults()).toHaveLength(1)
  await expect(callAs(db, fx.coordinator, 'job_faults')).rejects.toMatchObject({ message: 'not_allowed' })
  await db.pool.query(`create or replace function app.test_raises() returns int language sql as 'select 7'`)
  expect(await runAtOnce()).toMatchObject({ test_raises: 7 })
  expect(await faults()).toEqual([])
})

/** Ops that `apply_ops` takes in a minute at its fastest, 1,400 a second (docs/measured.md, B13). */
const MINUTE = 84_000

test.each<[age: string, rows: { change_log?: number; op_receipts?: number; refused?: boolean }]>([
  ['30 days', { change_log: 2 * MINUTE }],
  ['1 day', { op_receipts: MINUTE, refused: true }],
  ['180 days', { op_receipts: MINUTE }],
])(
  'what the fastest minute of ops leaves is removed by one run when it is %s old',
  async (age, { change_log = 0, op_receipts = 0, refused = false }) => {
    await db.pool.query(
      `insert into app.change_log (scope, entity, id, op)
       select 'mine:' || n, 'submission', n::text, 'put' from generate_series(1, $1::int) n`,
      [change_log],
    )
    await db.pool.query(
      `insert into app.op_receipts (op_id, payload_hash, verdict)
       select gen_random_uuid(), '', jsonb_build_object('status', $2::text) from generate_series(1, $1::int)`,
      [op_receipts, refused ? 'refused' : 'applied'],
    )
    const left = async () =>
      (
        await db.pool.query(`select (select count(*)::int from app.change_log) as log,
        (select count(*)::int from app.op_receipts) as receipts`)
      ).rows[0]
    await runAtOnce()
    expect(await left()).toMatchObject(change_log ? { log: expect.any(Number) } : { receipts: op_receipts })
    const { rows } = await db.pool.query<{ at: string }>(
      `select (now() + $1::interval + interval '1 minute')::text as at`,
      [age],
    )
    await fx.setClock(db, rows[0]!.at)
    await runAtOnce()
    await fx.setClock(db, null)
    expect(await left()).toMatchObject(change_log ? { log: 0 } : { receipts: 0 })
  },
  60_000,
)
