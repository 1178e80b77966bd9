/**
 * The transparency log: events become leaves by the job, a head is signed by the function, and what `log_proof` answers is
 * judged as a phone does. A million entries, or as many as `-- --entries 100000` says. Then 1,000 deceptions.
 */
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { LogProof, SignedHead } from '@/domain/publicLog'
import { judgeProof } from '@/features/envios/log/judge'
import { seededRandom } from '@/features/verificar/testing/alterations'
import { hashesIn, isIncluded } from '../../supabase/functions/_shared/signed/merkle'
import { readHead, stepLeaf } from '../../supabase/functions/_shared/signed/publicLog'
import { signHead } from '../../supabase/functions/sign/logHead'
import { withClient } from '../../supabase/local/database'
import { asService } from '../../supabase/local/service'
import { KEYS, makeWorld, OF_ANSWERS, sabotages, SEEDS, type World } from '../support/merkleWorld'
import { benchPostgres, openDatabase } from './support/postgres'
import { bench, median, percentile, round, type Bench } from './support/run'

const CAMPAIGN = '00000000-0000-4000-8000-0000000000c1'
const [STEPS, SAMPLES, SABOTAGES] = [4, 200, 1_000]
/** After how long a run of the job is killed; a run of 20,000 takes some seconds. */
const KILL_MS = 100
/** Leaves of the log whose history is rewritten: each deception computes it anew. */
const REWRITTEN = 601

/** Submissions from `first` to `last` with four events each, without the triggers of single rows. All have one secret. */
const fill = (first: number, last: number) => `
  set session_replication_role = replica;
  with made as (
    insert into app.submissions (id, convocatoria_id, kind, folio, state, captured_at, received_at, late, published_at)
    select gen_random_uuid(), c.id, 'propuestas', 'PR-2026-' || lpad(i::text, 7, '0') || '-0', 'published', app.now(), app.now(),
      false, app.now()
    from app.convocatorias c, generate_series(${first}, ${last}) i where c.id = '${CAMPAIGN}' returning id
  ), known as (
    insert into app.access_secrets (submission_id, secret_hash) select m.id, app.sha256_hex('secret') from made m
  )
  insert into app.review_events (submission_id, source, kind, from_state, to_state, message)
  select m.id, 'system', e.kind, e.was, e.now, case e.kind when 'accept' then 'Gracias por escribir.' end
  from made m, (values (1, 'received', null, 'received'), (2, 'in_review', 'received', 'in_review'),
    (3, 'accept', 'in_review', 'accepted'), (4, 'publish', 'accepted', 'published')) e (at, kind, was, now)
  order by m.id, e.at;
  analyze app.review_events; analyze app.submissions;`

/** The private memory of a server process in MB; 0 where the system does not say. */
function memoryOf(pid: number): number {
  const file = `/proc/${pid}/status`
  const kilobytes = existsSync(file) ? /^RssAnon:\s+(\d+)/mu.exec(readFileSync(file, 'utf8')) : null
  return Number(kilobytes?.[1] ?? 0) / 1024
}

const RUN = 'select app.sequence_events() as n, pg_backend_pid() as pid'

/** Begins a run of the job and ends its server process in the midst of it, as a restart does. Answers whether it was still at work. */
async function killRun(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const killed = client.query(RUN).then(
    () => false,
    () => true,
  )
  client.on('error', () => undefined)
  await wait(KILL_MS)
  await pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
  const isKilled = await killed
  client.release(true)
  return isKilled
}

/** Runs the job until it finds nothing, after one run that was killed. Answers the seconds of all runs and of the slowest. */
async function sequence(the: Bench, pool: pg.Pool) {
  const isKilled = await killRun(pool)
  const times: number[] = []
  let peak = 0
  for (;;) {
    const from = performance.now()
    const { rows } = await pool.query<{ n: number; pid: number }>(RUN)
    times.push((performance.now() - from) / 1000)
    peak = Math.max(peak, memoryOf(rows[0]!.pid))
    if (rows[0]!.n === 0) break
    if (times.length % 10 === 0) the.say(`${times.length} runs of the job`)
  }
  return { seconds: times.reduce((sum, one) => sum + one, 0), slowest: Math.max(...times), peak, isKilled }
}

async function sign(pool: pg.Pool): Promise<SignedHead> {
  const call = async (name: string, args: object) => {
    const given = Object.entries(args)
    const list = given.map(([key], at) => `${key} => $${at + 1}`).join(', ')
    const values = given.map(([, value]) => (typeof value === 'object' ? JSON.stringify(value) : value))
    return {
      status: 200,
      body: await asService<unknown>(pool, `select public.${name}(${list}) as result`, values),
    }
  }
  let file = ''
  const { status, body } = await signHead(SEEDS, call, {
    put: async (_bucket, _name, bytes) => void (file = new TextDecoder().decode(bytes)),
  })
  if (status !== 200 || !file) throw new Error(JSON.stringify(body))
  return JSON.parse(file) as SignedHead
}

interface Asked {
  own: World['own']
  proof: LogProof
}

/** Asks for the proofs of some submissions of the first part. */
async function ask(pool: pg.Pool, known: number, from: number) {
  const { rows } = await pool.query<World['own']>(
    `select s.folio, to_json(s.received_at) #>> '{}' as received_at, false as erased from app.submissions s
     where s.folio like 'PR-2026-%-0' and exists (select from app.review_events e join app.merkle_leaves l on l.event_seq = e.seq
       where e.submission_id = s.id and l.position < $1) order by md5(s.folio) limit $2`,
    [from, SAMPLES],
  )
  const [asked, times]: [Asked[], number[]] = [[], []]
  for (const own of rows) {
    const started = performance.now()
    const answer = await pool.query<{ proof: LogProof }>('select public.log_proof($1, $2, $3) as proof', [
      own.folio,
      'secret',
      known,
    ])
    times.push(performance.now() - started)
    asked.push({ own, proof: answer.rows[0]!.proof })
  }
  return { asked, times }
}

/** Judges honest answers, which must be believed. */
async function judge(asked: Asked[], seen: SignedHead) {
  const [whole, alone]: [number[], number[]] = [[], []]
  for (const { own, proof } of asked) {
    let from = performance.now()
    const verdict = await judgeProof(proof, own, KEYS, seen)
    whole.push(performance.now() - from)
    if (verdict.outcome !== 'included' || verdict.steps.length !== STEPS)
      throw new Error(JSON.stringify(verdict))
    const [head, step] = [readHead(proof.head!.text)!, proof.steps[0]!]
    from = performance.now()
    if (!isIncluded(stepLeaf(step.text, step.salt)!, step.position, head, hashesIn(step.proof)!))
      throw new Error('!')
    alone.push(performance.now() - from)
  }
  return { whole, alone }
}

/** Half on answers of the database, half on a small log that is rewritten whole each time. Answers the kinds that passed. */
async function deceive(asked: Asked[], seen: SignedHead, count: number): Promise<string[]> {
  const random = seededRandom(20261130)
  const passed: string[] = []
  const world = makeWorld(Math.floor(REWRITTEN * 0.6), REWRITTEN, 77)
  const judged = async (one: World, names?: string[], amount = 1) => {
    for (const { name, proof } of sabotages(one, random, amount, names))
      if ((await judgeProof(proof, one.own, KEYS, one.seen)).outcome !== 'failed') passed.push(name)
  }
  await judged(world, undefined, Math.ceil(count / 2))
  for (let at = 0; at < Math.floor(count / 2); at++)
    await judged({ ...world, ...asked[at % asked.length]!, seen }, [OF_ANSWERS[at % OF_ANSWERS.length]!])
  return passed
}

async function work(the: Bench) {
  const postgres = await benchPostgres(the)
  const pool = await openDatabase(postgres, 'ours', 2)
  const entries = Number(the.option('entries') ?? (the.quick ? 4_000 : 1_000_000))
  const all = Math.floor(entries / STEPS)
  const first = Math.floor(all * 0.9)
  const setClock = (days: number) =>
    pool.query(`create or replace function app.now() returns timestamptz language sql stable as
      $$ select pg_catalog.now() + interval '${days} days' $$`)
  const run = async (from: number, to: number, days: number) => {
    await setClock(days)
    await withClient(postgres.url('supabase_admin', 'ours'), (client) => client.query(fill(from, to)))
    the.say(`${(to - from + 1) * STEPS} events written`)
    const job = await sequence(the, pool)
    await setClock(days + 1)
    return { job, head: await sign(pool) }
  }
  const older = await run(1, first, 0)
  const newer = await run(first + 1, all, 1)
  const [before, size] = [readHead(older.head.text)!.size, readHead(newer.head.text)!.size]
  if (before !== first * STEPS || size !== all * STEPS)
    throw new Error('leaves are missing, or there are too many')
  const { asked, times } = await ask(pool, before, before)
  const { whole, alone } = await judge(asked, older.head)
  const passed = await deceive(asked, older.head, SABOTAGES)
  const steps = asked.flatMap(({ proof }) => proof.steps)
  const { rows: bytes } = await pool.query<{ n: number }>(
    `select (pg_total_relation_size('app.merkle_leaves') + pg_total_relation_size('app.merkle_nodes')
      + pg_total_relation_size('app.merkle_salts'))::float8 / $1 as n`,
    [size],
  )
  return {
    ours: {
      entries: size,
      proof_bytes: Math.max(...steps.map(({ proof }) => proof.length)),
      consistency_bytes: Math.max(...asked.map(({ proof }) => proof.consistency.length)),
      verify_ms: round(median(whole)),
      verify_p95_ms: round(percentile(whole, 0.95)),
      inclusion_alone_ms: round(median(alone)),
      answer_ms: round(median(times)),
      sequenced_per_second: Math.round(size / (older.job.seconds + newer.job.seconds)),
      slowest_run_seconds: round(Math.max(older.job.slowest, newer.job.slowest)),
      job_peak_mb: Math.ceil(Math.max(older.job.peak, newer.job.peak)),
      killed_runs: [older, newer].filter(({ job }) => job.isKilled).length,
      bytes_per_entry: round(bytes[0]!.n),
      sabotages: SABOTAGES,
      undetected: passed.length,
      ...(passed.length > 0 && { passed: [...new Set(passed)] }),
    },
    peers: {},
    ratio: {},
    goal: '≤ 1 KB, ≤ 5 ms, 0 undetected',
    runs: SAMPLES,
    stated: {
      sequenced_by: 'app.sequence_events',
      steps_of_a_submission: STEPS,
      verify: 'signature, consistency and the four steps, as the folio page judges them',
      sabotages: `half on answers of the database, half on a log of ${REWRITTEN} leaves that is rewritten`,
    },
  }
}

await bench('log', work, { needsPeers: false })
