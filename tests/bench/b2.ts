/** B2: 1,000 queued ops through a link of 0, 150 and 600 ms, with 0 and 5 % of the requests lost. */
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser } from 'playwright-core'
import { ensureChromium } from '../../scripts/chromium'
import { readOpenCampaign, soundSubmission } from '../e2e/api'
import { askApi, type Ask } from './support/ask'
import { startBackend } from './support/backend'
import { call, untilExposed } from './support/drive'
import { faulty, seeded, type Fault } from './support/faults'
import { startFront } from './support/front'
import { startLink } from './support/link'
import { buildPages } from './support/pages'
import { versionOf } from './support/peers'
import { bench, median, ratio, round, type Bench } from './support/run'
import { askTables, createTable } from './support/table'

interface Setting {
  rttMs: number
  loss: number
}
const SETTINGS: Setting[] = [0, 0.05].flatMap((loss) => [0, 150, 600].map((rttMs) => ({ rttMs, loss })))
const keyOf = ({ rttMs, loss }: Setting) => `${rttMs}ms_${loss * 100}%`

/** One by one takes minutes where the link is long: a peer is stopped then, and its rate is what it did. */
const WINDOW_MS: Record<string, number> = { ours: 120_000, naive_loop: 6_000, rxdb: 12_000 }

interface Measured {
  ops: number
  ops_per_s: number
  bytes_per_op: number
}

interface Ground {
  the: Bench
  browser: Browser
  pages: string
  ask: Ask
  /** Ops of this contender that the server has. */
  arrived: (name: string) => Promise<number>
  /** The payload that all proposals share. */
  common: unknown
}

/** Half of what is lost never arrives; of the other half only the answer does not come back. */
function losing(loss: number, seed: number): () => Fault {
  const random = seeded(seed)
  return () => (random() >= loss ? 'ok' : random() < 0.5 ? 'lost' : 'answer_lost')
}

async function measure(ground: Ground, name: string, { rttMs, loss }: Setting, ops: number, seed: number) {
  const { browser, pages, ask, arrived, common } = ground
  const fault = losing(loss, seed)
  let isLossy = false
  const routes = [faulty('/rest/v1/', ask, () => (isLossy ? fault() : 'ok'))]
  const front = await startFront({ pages, routes, tls: true })
  const link = await startLink(front.port, { rttMs })
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  try {
    const page = await context.newPage()
    await page.goto(`https://127.0.0.1:${link.port}/${name}/`)
    await untilExposed(page)
    await call(page, 'warm')
    await call(page, 'fill', ops, common)
    isLossy = true
    const before = await arrived(name)
    link.reset()
    const startedAt = performance.now()
    await Promise.race([call(page, 'drain'), wait(WINDOW_MS[name])])
    const seconds = (performance.now() - startedAt) / 1000
    const bytes = link.passed.up + link.passed.down
    const done = (await arrived(name)) - before
    return { ops: done, ops_per_s: done / seconds, bytes_per_op: bytes / Math.max(1, done) }
  } finally {
    await context.close()
    await link.close()
    await front.close()
  }
}

function summary(runs: Record<string, Measured[]>) {
  const by = (of: (one: Measured) => number) =>
    Object.fromEntries(Object.entries(runs).map(([key, all]) => [key, round(median(all.map(of)))]))
  return {
    ops_per_s: by((one) => one.ops_per_s),
    bytes_per_op: by((one) => one.bytes_per_op),
    ops: by((one) => one.ops),
  }
}

async function prepare(the: Bench, sources: Record<string, string>): Promise<Ground> {
  const pages = await buildPages(the, sources)
  const { origin, database } = await startBackend(the)
  await createTable(
    database,
    'proposals',
    'id text primary key, secret text, captured_at timestamptz, payload jsonb',
  )
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  the.finally(() => browser.close())
  const [api, tables] = [askApi(origin), askTables(database)]
  const countIn = async (table: string) =>
    Number((await database.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]!.n)
  return {
    the,
    browser,
    pages,
    ask: (asked) => (asked.url.startsWith('/rest/v1/rpc/') ? api(asked) : tables(asked)),
    arrived: (name) => countIn(name === 'ours' ? 'app.submissions' : 'bench.proposals'),
    common: soundSubmission(await readOpenCampaign(database), ''),
  }
}

async function work(the: Bench) {
  const sources = { ours: 'pages/b2.ts', naive_loop: 'pages/b2-naive.ts', rxdb: 'peers/b2-rxdb.ts' }
  const { rxdb: _, ...own } = sources
  const ground = await prepare(the, the.peersMissing ? own : sources)
  const names = Object.keys(the.peersMissing ? own : sources)
  const [runs, ops] = the.quick ? [1, 200] : [2, 1000]
  const measured = Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(SETTINGS.map((setting) => [keyOf(setting), [] as Measured[]])),
    ]),
  )
  for (let run = 0; run < runs; run += 1) {
    for (const setting of SETTINGS) {
      for (const name of names) {
        const one = await measure(ground, name, setting, ops, run + 1)
        measured[name]![keyOf(setting)]!.push(one)
        the.say(`run ${run + 1}, ${keyOf(setting)}, ${name}: ${round(one.ops_per_s)} ops/s (${one.ops})`)
      }
    }
  }
  const { ours, ...peers } = Object.fromEntries(names.map((name) => [name, summary(measured[name]!)]))
  const ratios = Object.entries(peers).flatMap(([name, peer]) =>
    SETTINGS.map(keyOf).map((key) => [`${key}_to_${name}`, ratio(ours!.ops_per_s[key], peer.ops_per_s[key])]),
  )
  return {
    ours: ours!,
    peers: the.peersMissing ? { ...peers, rxdb: { skipped: the.peersMissing } } : peers,
    ratio: Object.fromEntries(ratios) as Record<string, number | null>,
    runs,
    link: 'HTTP/2 over TLS, as a hosted project speaks it; bytes are all that passed, TLS included',
    loss: 'of requests: half never arrive, half are done and their answer is lost',
    windows_ms: WINDOW_MS,
    versions: [versionOf('rxdb')],
  }
}

await bench('B2', work)
