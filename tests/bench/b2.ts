/** B2: 1,000 queued ops over a link of 0, 150 and 600 ms, with 0 and 5 % of the requests lost. */
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser } from '@playwright/test'
import { ensureChromium } from '../../scripts/chromium'
import { readOpenCampaign, validSubmission } from '../e2e/api'
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

/**
 * How long each contender may run. Sending one by one takes minutes on a long link, so a peer is stopped, and
 * its rate counts the ops until then. With lost requests it gets longer: RxDB waits 5 s before it retries, and
 * several such waits must fit.
 */
const WINDOW_MS: Record<string, number> = { ours: 120_000, naive_loop: 6_000, rxdb: 12_000 }
const LOSSY_WINDOW_MS = 60_000
const windowOf = (name: string, { loss }: Setting) =>
  loss > 0 ? Math.max(LOSSY_WINDOW_MS, WINDOW_MS[name]!) : WINDOW_MS[name]!

/**
 * A peer's minute under loss contains hundreds of requests and is measured once; the app is measured in every
 * run.
 */
const isMeasured = (name: string, { loss }: Setting, run: number) =>
  run === 0 || name === 'ours' || loss === 0

interface Measured {
  ops: number
  /** Whether the contender knew in time that the server has everything. */
  finished: boolean
  ops_per_s: number
  bytes_per_op: number
}

interface Ground {
  the: Bench
  browser: Browser
  pages: string
  ask: Ask
  /** The number of this contender's ops on the server. */
  arrived: (name: string) => Promise<number>
  /** The payload of every proposal. */
  common: unknown
}

/** Half of the lost requests never arrive; for the other half only the answer is lost. */
function losing(loss: number, seed: number): () => Fault {
  const random = seeded(seed)
  return () => (random() >= loss ? 'ok' : random() < 0.5 ? 'lost' : 'answer_lost')
}

/** The instant at which the count last grew, checked every 250 ms until aborted. */
async function untilLast(count: () => Promise<number>, stop: AbortSignal): Promise<number> {
  let [known, at] = [await count(), performance.now()]
  while (!stop.aborted) {
    await wait(250)
    const now = await count()
    if (now > known) [known, at] = [now, performance.now()]
  }
  return at
}

async function measure(ground: Ground, name: string, setting: Setting, ops: number, seed: number) {
  const { rttMs, loss } = setting
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
    const finished = call(page, 'drain').then(() => true)
    const stopped = new AbortController()
    const lastAt = untilLast(() => arrived(name), stopped.signal)
    const isFinished = await Promise.race([finished, wait(windowOf(name, setting), false)])
    const endedAt = performance.now()
    const bytes = link.passed.up + link.passed.down
    stopped.abort()
    const last = await lastAt // awaited even if unused, because its query may be running
    const seconds = ((isFinished ? endedAt : last) - startedAt) / 1000
    const done = (await arrived(name)) - before
    return { ops: done, finished: isFinished, ops_per_s: done / seconds, bytes_per_op: bytes / done }
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
    finished: by((one) => Number(one.finished)),
  }
}

async function prepare(the: Bench, sources: Record<string, string>): Promise<Ground> {
  const pages = await buildPages(the, sources)
  const { origin, database } = await startBackend(the)
  await createTable(
    database,
    'proposals',
    'id text primary key, secret text, captured_at text, payload jsonb',
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
    common: validSubmission(await readOpenCampaign(database), ''),
  }
}

async function work(the: Bench) {
  const sources = { ours: 'pages/b2.ts', naive_loop: 'pages/b2-naive.ts', rxdb: 'peers/b2-rxdb.ts' }
  const { rxdb: _, ...own } = sources
  const ground = await prepare(the, the.peersMissing ? own : sources)
  const names = Object.keys(the.peersMissing ? own : sources)
  const [runs, ops] = the.quick ? [1, 200] : [3, 1000]
  const measured = Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(SETTINGS.map((setting) => [keyOf(setting), [] as Measured[]])),
    ]),
  )
  for (let run = 0; run < runs; run += 1) {
    for (const setting of SETTINGS) {
      for (const name of names.filter((one) => isMeasured(one, setting, run))) {
        const one = await measure(ground, name, setting, ops, run + 1)
        measured[name]![keyOf(setting)]!.push(one)
        the.say(
          `run ${run + 1}, ${keyOf(setting)}, ${name}: ${round(one.ops_per_s)} ops/s (${one.ops}${one.finished ? '' : ', stopped'})`,
        )
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
    ops_per_s:
      'until it knew that all are there; of who was stopped first (finished: 0), until the last that arrived',
    windows_ms: { ...WINDOW_MS, at_least_under_loss: LOSSY_WINDOW_MS },
    runs_of_peers_under_loss: 1,
    versions: [versionOf('rxdb')],
  }
}

await bench('B2', work)
