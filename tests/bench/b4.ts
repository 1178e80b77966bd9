/**
 * B4: 1,000 seeds of the app's engine under all faults that reach it, against the real backend; and every
 * contender in the browser under the eight common faults.
 */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { readOpenCampaign, validSubmission } from '../e2e/api'
import { removeProfiles } from '../support/browser'
import { NONE, sum, type Counts } from './b4/judge'
import { playLateCommit } from './b4/lateCommit'
import { createRecords } from './b4/records'
import { play, READERS, type Ground, type Outcome } from './b4/scenario'
import { COMMON } from './b4/commonFaults'
import { askApi } from './support/ask'
import { startBackend } from './support/backend'
import { buildPages, buildWorker } from './support/pages'
import { versionOf } from './support/peers'
import { bench, ratio, type Bench } from './support/run'
import { askTables } from './support/table'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** How many browsers run concurrently. */
const AT_ONCE = 4
const PEERS = ['rxdb', 'tanstack', 'workbox', 'workbox_keyed']
const NO_PULL = { skipped: 'it reads nothing by itself' }

interface Seeds {
  ours: Counts
  runs: number
  bad_seeds: number[]
}

/** Runs the seeds in a process of its own, because fake-indexeddb replaces globals there. */
async function runSeeds(the: Bench, count: number): Promise<Seeds> {
  const args = [
    '--import',
    'tsx',
    path.join(ROOT, 'scripts/bench.ts'),
    'b4/seeds',
    '--from',
    '1',
    '--count',
    `${count}`,
  ]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  the.finally(() => void child.kill())
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new Error(`the seeds ended with ${String(code)}`)
  return JSON.parse(said) as Seeds
}

async function prepare(the: Bench): Promise<Ground> {
  const pages = await buildPages(the, {
    ours: 'pages/b4.ts',
    ...(!the.peersMissing && {
      rxdb: 'peers/b4-rxdb.ts',
      tanstack: 'peers/b4-tanstack.ts',
      workbox: 'pages/b4-workbox.ts',
      workbox_keyed: 'pages/b4-workbox.ts',
    }),
  })
  if (!the.peersMissing)
    for (const name of ['workbox', 'workbox_keyed']) await buildWorker(pages, name, 'peers/b4-workbox-sw.ts')
  const { origin, database } = await startBackend(the)
  await createRecords(database)
  const [api, tables] = [askApi(origin), askTables(database)]
  the.finally(removeProfiles)
  return {
    pages,
    database,
    ask: (asked) => (asked.url.startsWith('/rest/v1/rpc/') ? api(asked) : tables(asked)),
    common: validSubmission(
      await readOpenCampaign(database),
      'Propongo que las minutas se publiquen el mismo día.',
    ),
  }
}

type ByFault = Record<string, Outcome | Counts | typeof NO_PULL>

/** Runs every contender under every fault, several concurrently, because most of the time they wait. */
async function runCommon(the: Bench, names: string[], seeds: number): Promise<Record<string, ByFault>> {
  const ground = await prepare(the)
  const found: Record<string, ByFault> = Object.fromEntries(names.map((name) => [name, {}]))
  const only = the.option('fault')
  const jobs = COMMON.filter((fault) => !only || fault === only).flatMap((fault) =>
    Array.from({ length: seeds }, (_, seed) => names.map((name) => ({ fault, name, seed: seed + 1 }))).flat(),
  )
  const work = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { fault, name, seed } = job
      const outcome = await play(ground, name, fault, seed)
      const before = (found[name]![fault] as Outcome | undefined) ?? { ...NONE, unsaved: 0 }
      found[name]![fault] = { ...sum([before, outcome]), unsaved: before.unsaved + outcome.unsaved }
      the.say(`${fault}, ${name}, seed ${seed}: ${JSON.stringify(outcome)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  for (const name of names) {
    const isReader = READERS.includes(name)
    found[name]!['late_commit'] = isReader
      ? await repeat(seeds, () => playLateCommit(ground, name as 'ours' | 'rxdb'))
      : NO_PULL
  }
  return found
}

async function repeat(times: number, once: () => Promise<Counts>): Promise<Counts> {
  const all: Counts[] = []
  for (let time = 0; time < times; time += 1) all.push(await once())
  return sum(all)
}

function summary(byFault: ByFault) {
  const counted = Object.values(byFault).filter((one): one is Outcome | Counts => 'lost' in one)
  const unsaved = counted.reduce((total, one) => total + ('unsaved' in one ? one.unsaved : 0), 0)
  return { ...sum(counted), unsaved, by_fault: byFault }
}

/** The total of the five findings under the common faults. */
const bad = ({ lost, duplicate, missed, stuck, divergent }: Counts) =>
  lost + duplicate + missed + stuck + divergent

async function work(the: Bench) {
  const [seeds, times] = the.quick ? [30, 1] : [1000, 3]
  const names = ['ours', ...(the.peersMissing ? [] : PEERS)]
  const [all, found] = await Promise.all([runSeeds(the, seeds), runCommon(the, names, times)])
  const { ours, ...peers } = Object.fromEntries(names.map((name) => [name, summary(found[name]!)]))
  const skipped = Object.fromEntries(PEERS.map((name) => [name, { skipped: the.peersMissing }]))
  return {
    ours: { ...all.ours, seeds: all.runs, bad_seeds: all.bad_seeds, common: ours! },
    peers: the.peersMissing ? skipped : peers,
    ratio: Object.fromEntries(
      Object.entries(peers).map(([name, peer]) => [`bad_to_${name}`, ratio(bad(ours!), bad(peer))]),
    ),
    runs: times,
    records_a_run: 3,
    versions: ['rxdb', '@tanstack/offline-transactions', 'workbox-background-sync'].map(versionOf),
  }
}

await bench('B4', work)
