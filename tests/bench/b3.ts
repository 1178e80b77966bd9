/**
 * B3: a first pull of 10,000 and of 100,000 rows, then of the 100 rows that changed, on a phone four times
 * slower.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { openPhone, removeProfiles } from '../support/browser'
import { askApi } from './support/ask'
import { startBackend } from './support/backend'
import { call, untilExposed } from './support/drive'
import { faulty } from './support/faults'
import { startFront } from './support/front'
import type { LongTasks } from './support/longTasks'
import { buildPages } from './support/pages'
import { versionOf } from './support/peers'
import { bench, median, ratio, round, type Bench } from './support/run'
import { askTables, createTable } from './support/table'

const CHANGED = 100
const THROTTLE = 4
const COLUMNS = 'id uuid primary key, convocatoria_id uuid, position int, title text, summary text, body text'

interface Part {
  ms: number
  requests: number
  long_tasks: LongTasks
}
interface Measured {
  first: Part
  delta: Part
  rows_per_s: number
}

/** Chooses the campaign for the rows and creates the peer's table for the same rows. */
async function prepareRows(database: pg.Pool): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `select id from app.convocatorias where published and kind = 'propuestas' order by opens_at desc limit 1`,
  )
  await createTable(database, 'rows', COLUMNS)
  return rows[0]!.id
}

const VALUES = `gen_random_uuid() as id, $1::uuid as convocatoria_id, 1000 + n as position, 'Material ' || n as title,
  'De qué trata el material ' || n as summary, repeat('Un párrafo que se lee sin señal. ', 12) as body
  from generate_series($2::int, $3::int) n`

/** Adds the missing rows up to `count`, for the app and for the peer. */
async function grow(database: pg.Pool, campaign: string, from: number, count: number): Promise<void> {
  const keys = 'id, convocatoria_id, position, title, summary, body'
  for (let start = from + 1; start <= count; start += 5000) {
    const values = [campaign, start, Math.min(count, start + 4999)]
    await database.query(
      `with given as (select ${VALUES}), ours as (insert into app.insumos (${keys}) select ${keys} from given)
       insert into bench.rows (${keys}) select ${keys} from given`,
      values,
    )
  }
  await database.query('analyze app.insumos')
  await database.query('analyze bench.rows')
}

/** Writes one title to 100 rows spread over the whole table, for both contenders. */
async function change(database: pg.Pool, campaign: string): Promise<string> {
  const title = `Cambió ${randomUUID()}`
  const every = `id in (select id from app.insumos where convocatoria_id = $2 and position > 1000
    order by md5(id::text || $1) limit ${CHANGED})`
  const { rows } = await database.query<{ id: string }>(
    `update app.insumos set title = $1 where ${every} returning id`,
    [title, campaign],
  )
  await database.query('update bench.rows set title = $1 where id = any ($2)', [
    title,
    rows.map(({ id }) => id),
  ])
  return title
}

interface Ground {
  the: Bench
  pages: string
  origin: string
  database: pg.Pool
  campaign: string
}

async function measure(ground: Ground, name: string, expected: number): Promise<Measured> {
  const { database, campaign, pages, origin } = ground
  let requests = 0
  const [api, tables] = [askApi(origin), askTables(database)]
  const ask: typeof api = (asked) => {
    requests += 1
    return asked.url.startsWith('/rest/v1/rpc/') ? api(asked) : tables(asked)
  }
  const front = await startFront({ pages, routes: [faulty('/rest/v1/', ask, () => 'ok')] })
  const phone = await openPhone({ origin: front.origin, down: () => undefined })
  const { page } = phone
  const pull = async (): Promise<Part> => {
    requests = 0
    await call(page, 'longTasks')
    const ms = await call<number>(page, 'pull')
    return { ms, requests, long_tasks: await call<LongTasks>(page, 'longTasks') }
  }
  const expectCount = async (what: string, found: Promise<number>, wanted: number) => {
    if ((await found) < wanted) throw new Error(`${name}: ${await found} ${what} instead of ${wanted}`)
  }
  try {
    await phone.open(`/${name}/`)
    await untilExposed(page)
    const session = await phone.context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
    const first = await pull()
    await expectCount('rows', call<number>(page, 'rows'), expected)
    const title = await change(database, campaign)
    const delta = await pull()
    await expectCount('changes', call<number>(page, 'changed', title), CHANGED)
    return { first, delta, rows_per_s: expected / (first.ms / 1000) }
  } finally {
    await phone.close()
    await front.close()
    await removeProfiles()
  }
}

function summary(runs: Measured[]) {
  const of = (pick: (one: Measured) => number) => round(median(runs.map(pick)))
  return {
    first_s: of(({ first }) => first.ms / 1000),
    rows_per_s: of((one) => one.rows_per_s),
    first_round_trips: of(({ first }) => first.requests),
    first_long_tasks: of(({ first }) => first.long_tasks.count),
    first_longest_task_ms: of(({ first }) => first.long_tasks.max_ms),
    first_blocked_ms: of(({ first }) => first.long_tasks.total_ms),
    delta_ms: of(({ delta }) => delta.ms),
    delta_round_trips: of(({ delta }) => delta.requests),
    delta_longest_task_ms: of(({ delta }) => delta.long_tasks.max_ms),
  }
}

type Summary = ReturnType<typeof summary>

async function work(the: Bench) {
  const sources = { ours: 'pages/b3.ts', ...(!the.peersMissing && { rxdb: 'peers/b3-rxdb.ts' }) }
  const pages = await buildPages(the, sources)
  const { origin, database } = await startBackend(the)
  const ground: Ground = { the, pages, origin, database, campaign: await prepareRows(database) }
  const sizes = the.quick ? { 1000: 1 } : { 10_000: 2, 100_000: 1 }
  const found: Record<string, Record<string, Summary>> = {}
  let have = 0
  for (const [size, runs] of Object.entries(sizes).map(([key, n]) => [Number(key), n] as const)) {
    await grow(database, ground.campaign, have, size)
    have = size
    const measured: Record<string, Measured[]> = {}
    for (let run = 0; run < runs; run += 1) {
      for (const name of Object.keys(sources)) {
        const one = await measure(ground, name, size)
        ;(measured[name] ??= []).push(one)
        the.say(`${size} rows, run ${run + 1}, ${name}: ${JSON.stringify(summary([one]))}`)
      }
    }
    for (const [name, all] of Object.entries(measured)) (found[name] ??= {})[size] = summary(all)
  }
  const { ours, ...peers } = found
  const sizesOf = Object.keys(sizes)
  const ratioOf = (key: keyof Summary) =>
    sizesOf.map((size) => [
      `${key}_at_${size}_to_rxdb`,
      ratio(ours![size]![key], peers['rxdb']?.[size]?.[key]),
    ])
  return {
    ours: ours!,
    peers: the.peersMissing ? { rxdb: { skipped: the.peersMissing } } : peers,
    ratio: Object.fromEntries([...ratioOf('first_s'), ...ratioOf('delta_ms')]) as Record<
      string,
      number | null
    >,
    runs: Math.max(...Object.values(sizes)),
    runs_by_rows: sizes,
    cpu_throttle: THROTTLE,
    versions: [versionOf('rxdb')],
  }
}

await bench('B3', work)
