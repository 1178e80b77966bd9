/**
 * How many bytes a submission takes with all its rows and indexes, table by table, and after the log and the receipts were
 * pruned; how many rows the jobs prune a second.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { uuidV7 } from '@/sync/uuid'
import { readOpenCampaign, validSubmission, type OpenCampaign } from '../e2e/api'
import { benchPostgres, openDatabase } from './support/postgres'
import { bench, round } from './support/run'
import { wordsOf } from './support/words'

const BATCH = 50

const opOf = (campaign: OpenCampaign, index: number) => ({
  op_id: uuidV7(),
  v: 1,
  kind: 'propuesta.submit',
  entity_id: randomUUID(),
  payload: { ...validSubmission(campaign, ''), ...wordsOf(index) },
  captured_at: new Date().toISOString(),
  secret: randomUUID().replaceAll('-', ''),
})

/** Sends so many proposals. An op that is put off is sent again, as the app does. */
async function submit(pool: pg.Pool, campaign: OpenCampaign, count: number): Promise<void> {
  let waiting = Array.from({ length: count }, (_, index) => opOf(campaign, index))
  while (waiting.length > 0) {
    const part = waiting.slice(0, BATCH)
    const { rows } = await pool.query<{ answer: { verdicts: { op_id: string; status: string }[] } }>(
      'select public.apply_ops($1::json) as answer',
      [JSON.stringify({ ops: part })],
    )
    const { verdicts } = rows[0]!.answer
    const refused = verdicts.find(({ status }) => status !== 'applied' && status !== 'retry')
    if (refused) throw new Error(JSON.stringify(refused))
    const done = new Set(verdicts.filter(({ status }) => status === 'applied').map((one) => one.op_id))
    waiting = waiting.filter(({ op_id }) => !done.has(op_id))
  }
}

/** The bytes of every table with its indexes, without the room that dead rows left. */
async function sizesOf(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r'`,
  )
  for (const { name } of rows) await pool.query(`vacuum full app.${name}`)
  const sizes = await pool.query<{ name: string; bytes: number }>(
    `select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
     where relnamespace = 'app'::regnamespace and relkind = 'r'`,
  )
  return new Map(sizes.rows.map(({ name, bytes }) => [name, bytes]))
}

/** Kilobytes a submission by table, largest first. */
function grownBy(before: Map<string, number>, after: Map<string, number>, count: number) {
  const grown = [...after].map(
    ([name, bytes]) => [name, (bytes - (before.get(name) ?? 0)) / count / 1000] as const,
  )
  const total = grown.reduce((sum, [, kb]) => sum + kb, 0)
  const tables = grown.filter(([, kb]) => kb >= 0.005).toSorted((a, b) => b[1] - a[1])
  return { kb: round(total), tables: Object.fromEntries(tables.map(([name, kb]) => [name, round(kb)])) }
}

/** Runs a job so many days later until it finds nothing. */
async function prune(pool: pg.Pool, job: string, days: number) {
  await pool.query(`create or replace function app.now() returns timestamptz language sql stable
    as $$ select pg_catalog.now() + interval '${days} days' $$`)
  const startedAt = performance.now()
  let rows = 0
  for (let last = 1; last > 0; rows += last) {
    const answer = await pool.query<{ count: number }>(`select app.${job}() as count`)
    last = answer.rows[0]!.count
  }
  return { rows, rows_per_s: Math.round(rows / ((performance.now() - startedAt) / 1000)) }
}

await bench(
  'size',
  async (the) => {
    const count = the.quick ? 200 : Number(the.option('rows') ?? 10_000)
    const pool = await openDatabase(await benchPostgres(the), 'size', 1)
    the.finally(() => pool.end())
    const campaign = await readOpenCampaign(pool)
    const before = await sizesOf(pool)
    const startedAt = performance.now()
    await submit(pool, campaign, count)
    const ops_per_s = Math.round(count / ((performance.now() - startedAt) / 1000))
    const whole = grownBy(before, await sizesOf(pool), count)
    const log = await prune(pool, 'prune_changes', 31)
    const receipts = await prune(pool, 'prune_receipts', 181)
    const kept = grownBy(before, await sizesOf(pool), count)
    return { ours: { count, ops_per_s, whole, kept, log, receipts }, peers: {}, ratio: {}, runs: 1 }
  },
  { needsPeers: false },
)
