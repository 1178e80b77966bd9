/**
 * B13: `apply_ops` compared with inserts of the rows that it leaves, including receipts and log, on the same
 * Postgres.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import type pg from 'pg'
import { uuidV7 } from '@/sync/uuid'
import { readOpenCampaign, validSubmission, type OpenCampaign } from '../e2e/api'
import { PLAIN_SQL, plain, statements, type Way } from './b13/inserts'
import { benchPostgres, openDatabase } from './support/postgres'
import { bench, median, ratio, round, type Bench } from './support/run'
import { wordsOf } from './support/words'

const BATCH = 50
const CONNECTIONS = 4

/** The body of a call, which every contender receives. The plain inserts read their values from it. */
function bodyOf(campaign: OpenCampaign, index: number): string {
  const ops = Array.from({ length: BATCH }, (_, inside) => ({
    op_id: uuidV7(),
    v: 1,
    kind: 'propuesta.submit',
    entity_id: randomUUID(),
    payload: { ...validSubmission(campaign, ''), ...wordsOf(index * BATCH + inside) },
    captured_at: new Date().toISOString(),
    secret: randomUUID().replaceAll('-', ''),
  }))
  return JSON.stringify({ ops })
}

interface Verdict {
  op_id: string
  status: string
}

/**
 * Calls `apply_ops` as PostgREST does for a citizen. Ops answered with `retry` are sent again, as the app does.
 */
const applyOps: Way = async (client, body) => {
  await client.query('begin')
  await client.query(
    `select set_config('role', 'anon', true), set_config('request.jwt.claims', '{"role":"anon"}', true)`,
  )
  const { rows } = await client.query<{ answer: { verdicts: Verdict[] } }>(
    'select public.apply_ops($1::json) as answer',
    [body],
  )
  await client.query('commit')
  const { verdicts } = rows[0]!.answer
  const refused = verdicts.find(({ status }) => status !== 'applied' && status !== 'retry')
  if (refused) throw new Error(JSON.stringify(refused))
  const putOff = new Set(verdicts.filter(({ status }) => status === 'retry').map((one) => one.op_id))
  if (putOff.size === 0) return
  const { ops } = JSON.parse(body) as { ops: Verdict[] }
  await applyOps(client, JSON.stringify({ ops: ops.filter((op) => putOff.has(op.op_id)) }))
}

interface Rate {
  ops_per_s: number
  /** Processor time of the server an op, in ms, which other programs change less than the clock. */
  cpu_ms: number
}

/** The processor time so far of the server's processes of this database, in ms. */
async function cpuOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database()',
  )
  const used = rows.map(({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]))
  return used.reduce((sum, one) => sum + one, 0) / 1e6
}

/** The speed with every connection busy. */
async function measure(pool: pg.Pool, way: Way, bodies: string[]): Promise<Rate> {
  const left = [...bodies]
  await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.query('select pg_sleep(0.05)'))) // opens all
  const before = await cpuOf(pool)
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = await pool.connect()
      for (let body = left.pop(); body; body = left.pop()) await way(client, body)
      client.release()
    }),
  )
  const ops = bodies.length * BATCH
  const ops_per_s = ops / ((performance.now() - startedAt) / 1000)
  return { ops_per_s, cpu_ms: ((await cpuOf(pool)) - before) / ops }
}

/** The number of rows of each table, to check that all contenders leave the same rows. */
async function countRows(pool: pg.Pool): Promise<Record<string, number>> {
  const { rows: tables } = await pool.query<{ t: string }>(
    `select relname as t from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' order by 1`,
  )
  const counts = tables
    .map(({ t }) => `select '${t}' as t, count(*)::int as n from app.${t}`)
    .join(' union all ')
  const { rows } = await pool.query<{ t: string; n: number }>(counts)
  return Object.fromEntries(rows.map(({ t, n }) => [t, n]))
}

async function rowsPerOp(pool: pg.Pool, way: Way, bodies: string[]): Promise<string> {
  const before = await countRows(pool)
  await measure(pool, way, bodies)
  const after = await countRows(pool)
  const grown = Object.keys(after).map(
    (t) => [t, (after[t]! - before[t]!) / (bodies.length * BATCH)] as const,
  )
  return JSON.stringify(Object.fromEntries(grown.filter(([, n]) => n > 0).sort()))
}

/**
 * The log rows of one op, with `%id%` in place of the submission. Read from the database, because more scopes
 * may be logged later.
 */
async function logShapeOf(pool: pg.Pool, body: string): Promise<string> {
  const { ops } = JSON.parse(body) as { ops: { entity_id: string }[] }
  const client = await pool.connect()
  await applyOps(client, body)
  const { rows } = await client.query<{ shape: string }>(
    `select jsonb_agg(jsonb_build_object('scope', replace(l.scope, $1, '%id%'), 'entity', l.entity,
       'id', replace(l.id, $1, '%id%'), 'op', l.op))::text as shape
     from app.change_log l where position($1 in l.scope || l.id) > 0`,
    [ops[0]!.entity_id],
  )
  client.release()
  return rows[0]!.shape
}

interface Contender {
  pool: pg.Pool
  way: Way
}

async function prepare(
  the: Bench,
): Promise<{ contenders: Record<string, Contender>; campaign: OpenCampaign }> {
  const postgres = await benchPostgres(the)
  const open = (database: string) => openDatabase(postgres, database, CONNECTIONS)
  const ours = await open('ours')
  const campaign = await readOpenCampaign(ours)
  const contenders: Record<string, Contender> = { ours: { pool: ours, way: applyOps } }
  const shape = await logShapeOf(ours, bodyOf(campaign, 0))
  const ways = {
    insert_statements: statements,
    insert_rows: plain('insert_rows'),
    insert_set: plain('insert_set'),
  }
  for (const [name, way] of Object.entries(ways)) {
    const pool = await open(name)
    await pool.query(PLAIN_SQL)
    await pool.query(
      'insert into bench.log_shape select * from jsonb_populate_recordset(null::bench.log_shape, $1)',
      [shape],
    )
    contenders[name] = { pool, way }
  }
  return { contenders, campaign }
}

async function work(the: Bench) {
  const { contenders, campaign } = await prepare(the)
  const [runs, calls] = the.quick ? [1, 8] : [5, 60]
  let made = 1 // the first one was used to read the shape of the log
  const bodies = (count: number) => Array.from({ length: count }, () => bodyOf(campaign, made++))
  const rows = new Map<string, string>()
  for (const [name, { pool, way }] of Object.entries(contenders))
    rows.set(name, await rowsPerOp(pool, way, bodies(4)))
  if (new Set(rows.values()).size > 1) throw new Error(`not the same rows: ${JSON.stringify([...rows])}`)
  const measured: Record<string, Rate[]> = Object.fromEntries(
    Object.keys(contenders).map((name) => [name, []]),
  )
  for (let run = 0; run < runs; run += 1) {
    for (const [name, { pool, way }] of Object.entries(contenders)) {
      measured[name]!.push(await measure(pool, way, bodies(calls)))
      const { ops_per_s, cpu_ms } = measured[name]!.at(-1)!
      the.say(`run ${run + 1}, ${name}: ${round(ops_per_s)} ops/s, ${round(cpu_ms)} ms of CPU an op`)
    }
  }
  const of = (name: string) => round(median(measured[name]!.map((one) => one.ops_per_s)))
  const cpu = (name: string) => round(median(measured[name]!.map((one) => one.cpu_ms)))
  const shares = measured['ours']!.map(
    (one, run) => one.ops_per_s / measured['insert_statements']![run]!.ops_per_s,
  )
  return {
    ours: { ops_per_s: of('ours'), share_of_inserts: ratio(of('ours'), of('insert_statements')) },
    share_of_inserts_runs: {
      min: round(Math.min(...shares)),
      median: round(median(shares)),
      max: round(Math.max(...shares)),
    },
    cpu_ms_per_op: Object.fromEntries(Object.keys(contenders).map((name) => [name, cpu(name)])),
    load_at_end: round(loadavg()[0] ?? 0),
    peers: {
      insert_statements: { ops_per_s: of('insert_statements'), what: 'a statement a row from the client' },
      insert_rows: {
        ops_per_s: of('insert_rows'),
        what: 'a loop in the database, op by op, nothing checked',
      },
      insert_set: { ops_per_s: of('insert_set'), what: 'one statement a table for the whole batch' },
    },
    ratio: {
      to_insert_statements: ratio(of('ours'), of('insert_statements')),
      to_insert_rows: ratio(of('ours'), of('insert_rows')),
      to_insert_set: ratio(of('ours'), of('insert_set')),
    },
    goal: 'share_of_inserts ≥ 1.2: inserts of the same rows over the same connections; the other two send nothing row by row and are bounds',
    runs,
    connections: CONNECTIONS,
    ops_a_call: BATCH,
    ops_a_run: calls * BATCH,
    durable: process.argv.includes('--durable'),
    rows_per_op: JSON.parse(rows.get('ours')!) as object,
  }
}

await bench('B13', work, { needsPeers: false })
