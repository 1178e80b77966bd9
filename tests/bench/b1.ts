/**
 * B1: from the tap on «Enviar» to the strict commit, with 1, 100 and 1,000 queued ops, on a phone four times
 * slower.
 */
import type { Page } from '@playwright/test'
import { openPhone, removeProfiles } from '../support/browser'
import { startProxy } from '../support/proxy'
import { call, untilExposed } from './support/drive'
import { startFront } from './support/front'
import { buildPages } from './support/pages'
import { versionOf } from './support/peers'
import { bench, percentile, ratio, round, type Bench } from './support/run'

const QUEUED = [1, 100, 1000]
const THROTTLE = 4

/** A page, and whether its transactions are made as durable as the app's. */
interface Contender {
  page: string
  strict: boolean
}
const CONTENDERS: Record<string, Contender> = {
  ours: { page: 'ours', strict: false },
  tanstack: { page: 'tanstack', strict: false },
  tanstack_strict: { page: 'tanstack', strict: true },
  rxdb: { page: 'rxdb', strict: false },
  rxdb_strict: { page: 'rxdb', strict: true },
}

/** A save that takes longer counts as failed. */
const PATIENCE_MS = 30_000

interface Measured {
  /** Samples in ms, by the number of queued ops. */
  samples: Record<number, number[]>
  /** The queue's length at the first and at the last of these taps. Each tap adds an op, and none leaves. */
  queued: Record<number, [number, number]>
  durability: string
}

/**
 * The pause before a tap in ms. Nobody writes proposals faster, and the varying pause lets taps coincide with
 * any background work after a save.
 */
const pauseBefore = (tap: number) => 150 + ((tap * 67) % 150)

async function nextSample(page: Page): Promise<number> {
  for (const giveUpAt = performance.now() + PATIENCE_MS; performance.now() < giveUpAt;) {
    const [sample] = await call<number[]>(page, 'samples')
    if (sample !== undefined) return sample
    await page.waitForTimeout(10)
  }
  throw new Error('a tap was not saved')
}

async function tapMany(page: Page, taps: number): Promise<number[]> {
  const samples: number[] = []
  for (let tap = 0; tap < taps; tap += 1) {
    await call(page, 'prepare')
    await page.waitForTimeout(pauseBefore(tap))
    await page.evaluate(() => document.getElementById('tap')!.focus())
    await page.click('#tap')
    samples.push(await nextSample(page))
  }
  return samples
}

async function measure(origin: string, { page: name, strict }: Contender, taps: number): Promise<Measured> {
  const network = await startProxy(origin)
  const phone = await openPhone(network)
  const { page } = phone
  try {
    await phone.open(`/${name}/${strict ? '?strict' : ''}`)
    await untilExposed(page)
    await phone.offline(true)
    const session = await phone.context.newCDPSession(page)
    const samples: Measured['samples'] = {}
    const waiting: Measured['queued'] = {}
    for (const queued of QUEUED) {
      await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
      await call(page, 'fill', queued - 1)
      await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
      await tapMany(page, 2) // the first taps warm up the page's code and the database
      const before = await call<number>(page, 'queued')
      samples[queued] = await tapMany(page, taps)
      waiting[queued] = [before, (await call<number>(page, 'queued')) - 1]
    }
    const durability = (await call<string[]>(page, 'durabilities')).sort().join('+')
    return { samples, queued: waiting, durability }
  } finally {
    await phone.close()
    await network.close()
  }
}

/** Percentiles over the taps of all runs, because one run has too few for its slowest twentieth. */
const byQueued = (runs: Measured[], p: number) =>
  Object.fromEntries(
    QUEUED.map((queued) => [
      queued,
      round(
        percentile(
          runs.flatMap((run) => run.samples[queued]!),
          p,
        ),
      ),
    ]),
  ) as Record<number, number>

const summary = (runs: Measured[]) => ({
  p95_ms: byQueued(runs, 0.95),
  median_ms: byQueued(runs, 0.5),
  queued_at_first_and_last_tap: runs[0]!.queued,
  durability: runs[0]!.durability,
})

async function work(the: Bench) {
  const names = Object.keys(CONTENDERS).filter((name) => name === 'ours' || !the.peersMissing)
  const sources = { ours: 'pages/b1.ts', tanstack: 'peers/b1-tanstack.ts', rxdb: 'peers/b1-rxdb.ts' }
  const pages = await buildPages(the, the.peersMissing ? { ours: sources.ours } : sources)
  const front = await startFront({ pages })
  the.finally(front.close)
  the.finally(removeProfiles)
  const [runs, taps] = the.quick ? [1, 8] : [3, 16]
  const measured: Record<string, Measured[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) {
      const one = await measure(front.origin, CONTENDERS[name]!, taps)
      measured[name]!.push(one)
      the.say(`run ${run + 1}, ${name}: p95 ${JSON.stringify(byQueued([one], 0.95))} ms`)
    }
  }
  const { ours, ...others } = Object.fromEntries(names.map((name) => [name, summary(measured[name]!)]))
  const skipped = { skipped: the.peersMissing }
  const ratioTo = (name: string) => ratio(ours!.p95_ms[1000], others[name]?.p95_ms[1000])
  return {
    ours: ours!,
    peers: the.peersMissing ? { tanstack: skipped, rxdb: skipped } : others,
    ratio: Object.fromEntries(Object.keys(others).map((name) => [`p95_at_1000_to_${name}`, ratioTo(name)])),
    runs,
    taps_a_run: taps,
    cpu_throttle: THROTTLE,
    strict: 'the same peer with every writing transaction made strict, as ours are',
    versions: [versionOf('@tanstack/offline-transactions'), versionOf('rxdb')],
  }
}

await bench('B1', work)
