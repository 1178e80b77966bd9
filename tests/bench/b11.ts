/**
 * B11: what staff and citizens read among many submissions: 100,000, or as many as `-- --rows 1000000` says. Times
 * are those of the call alone, on one warm connection, as the role of the API.
 */
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import type pg from 'pg'
import { addManyRows } from '../support/manyRows'
import { openStaffSessions } from '../support/sessions'
import { benchPostgres, openDatabase } from './support/postgres'
import { bench, percentile, round, type Bench } from './support/run'

const id = (suffix: string) => `00000000-0000-4000-8000-0000000000${suffix}`
const MODERATOR = id('51')
const STRATEGY = id('c4')
const CALLS = 50

interface Call {
  group: 'queue' | 'search' | 'feed' | 'pull'
  name: string
  sql: string
  args: unknown[]
}

/** The `p_after` of the row at this share of the queue or of a public list. */
async function positions(client: pg.ClientBase) {
  const at = async (column: string, where: string) => {
    const { rows } = await client.query<{ key: string }>(
      `select app.page_key(s.${column}, s.id) as key from app.submissions s where ${where}
       order by s.${column} offset (select count(*) / 2 from app.submissions s where ${where}) limit 1`,
    )
    return rows[0]!.key
  }
  return {
    queue: await at('received_at', 'true'),
    strategy: await at('published_at', `s.state = 'published' and s.convocatoria_id = '${STRATEGY}'`),
    videos: await at('published_at', `s.state = 'published' and s.convocatoria_id = '${id('c2')}'`),
  }
}

async function callsOf(client: pg.ClientBase): Promise<Call[]> {
  const deep = await positions(client)
  const open = ['received', 'in_review']
  const queue = (name: string, states: string[] | null, after: string | null): Call => ({
    group: 'queue',
    name,
    sql: 'select public.review_queue(p_states => $1, p_after => $2)',
    args: [states, after],
  })
  const search = (typed: string, states: string[] | null = null): Call => ({
    group: 'search',
    name: `${typed}${states ? ', open' : ''}`,
    sql: 'select public.review_queue(p_search => $1, p_states => $2)',
    args: [typed, states],
  })
  const feed = (fn: string, campaign: string, after: string | null): Call => ({
    group: 'feed',
    name: `${fn}${after ? ', middle' : ''}`,
    sql: `select public.${fn}($1, $2)`,
    args: [campaign, after],
  })
  const pull = (name: string, scope: object): Call => ({
    group: 'pull',
    name,
    sql: 'select public.pull_changes($1::jsonb)',
    args: [JSON.stringify([scope])],
  })
  const { rows } = await client.query<{ c: string }>(
    `select pg_snapshot_xmin(pg_current_snapshot()) || '.0' as c`,
  )
  return [
    queue('all', null, null),
    queue('all, middle', null, deep.queue),
    queue('open', open, null),
    queue('open, middle', open, deep.queue),
    queue('none', ['expired'], null),
    search('participación'),
    search('participación', open),
    search('ajolote'),
    search('ajolote biblioteca'),
    search('ajolotte'),
    search('biblioteca transporte', open),
    search('PR-2026-1000500-0'),
    search('xyzzyqwk'),
    feed('published_propuestas', STRATEGY, null),
    feed('published_propuestas', STRATEGY, deep.strategy),
    feed('published_videos', id('c2'), null),
    feed('published_videos', id('c2'), deep.videos),
    pull('public, first', { scope: 'public', cursor: null }),
    pull('public, nothing new', { scope: 'public', cursor: rows[0]!.c }),
    pull('staff, first', { scope: 'staff', id: id('c1'), cursor: null }),
  ]
}

const p95 = (samples: number[]) => round(percentile(samples, 0.95))

/** Milliseconds of the calls, and of processor time in the server. */
async function time(client: pg.ClientBase, call: Call) {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const cpu = () => Number(readFileSync(`/proc/${rows[0]!.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  const wall: number[] = []
  const used: number[] = []
  for (let n = 0; n < CALLS; n += 1) {
    await client.query('begin')
    await client.query(
      `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
      [JSON.stringify({ role: 'authenticated', sub: MODERATOR, session_id: MODERATOR })],
    )
    const [startedAt, before] = [performance.now(), cpu()]
    await client.query(call.sql, call.args)
    wall.push(performance.now() - startedAt)
    used.push(cpu() - before)
    await client.query('rollback')
  }
  return { wall, used }
}

async function work(the: Bench) {
  const count = Number(the.option('rows') ?? (the.quick ? 10_000 : 100_000))
  const postgres = await benchPostgres(the)
  const pool = await openDatabase(postgres, 'ours', 1)
  const client = await pool.connect()
  the.say(`writing ${count} submissions`)
  const startedAt = performance.now()
  await addManyRows(client, count)
  the.say(`written in ${Math.round((performance.now() - startedAt) / 1000)} s`)
  await openStaffSessions(client)
  const by_call: Record<string, { p95_ms: number; cpu_ms: number }> = {}
  const groups = () => ({
    queue: [] as number[],
    search: [] as number[],
    feed: [] as number[],
    pull: [] as number[],
  })
  const all = groups()
  const cpu = groups()
  for (const call of await callsOf(client)) {
    const { wall, used } = await time(client, call)
    all[call.group].push(...wall)
    cpu[call.group].push(...used)
    const figures = { p95_ms: p95(wall), cpu_ms: round(percentile(used, 0.5)) }
    by_call[`${call.group}: ${call.name}`] = figures
    the.say(`${call.group}: ${call.name}: ${JSON.stringify(figures)}`)
  }
  client.release()
  return {
    ours: {
      rows: count,
      queue_p95_ms: p95(all.queue),
      search_p95_ms: p95(all.search),
      feed_p95_ms: p95(all.feed),
      pull_p95_ms: p95(all.pull),
    },
    cpu_p95_ms: {
      queue: p95(cpu.queue),
      search: p95(cpu.search),
      feed: p95(cpu.feed),
      pull: p95(cpu.pull),
    },
    load_at_end: round(loadavg()[0] ?? 0),
    by_call,
    peers: {},
    ratio: {},
    goal: 'every p95 ≤ 20 ms at 1,000,000 rows, over all calls of its group',
    runs: CALLS,
  }
}

await bench('B11', work, { needsPeers: false })
