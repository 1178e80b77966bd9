/**
 * One benchmark, one JSON object on stdout; what is going on is told on stderr. A goal that was missed is a
 * figure like any other: only a benchmark that could not be run at all exits 1.
 */
import { availableParallelism, loadavg } from 'node:os'
import { ensurePeers } from './peers'

export interface Report {
  ours: unknown
  peers: Record<string, unknown>
  ratio: Record<string, number | null>
  /** How often each contender was measured, interleaved; figures are medians over them. */
  runs: number
  [more: string]: unknown
}

export interface Bench {
  /** Short, for trying the benchmark itself: its figures mean nothing. */
  readonly quick: boolean
  /** Why the peers cannot run; null when they can. */
  readonly peersMissing: string | null
  /** The value of `--name value` on the command line. */
  option(name: string): string | undefined
  say(line: string): void
  /** Runs when the benchmark ends, however it ends; the last first. */
  finally(end: () => Promise<unknown> | void): void
}

const argv = process.argv.slice(2)
const say = (line: string) => console.error(`· ${line}`)

function optionOf(name: string): string | undefined {
  const at = argv.indexOf(`--${name}`)
  return at < 0 ? undefined : argv[at + 1]
}

/** Runs `work` and prints its report. `needsPeers: false`: nothing of `tests/bench/node_modules` is used. */
export async function bench(
  name: string,
  work: (bench: Bench) => Promise<Report>,
  { needsPeers = true } = {},
): Promise<void> {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write // bundlers chat
  const ends: (() => Promise<unknown> | void)[] = []
  const startedAt = performance.now()
  const quick = argv.includes('--quick')
  const load = loadavg()[0]
  try {
    const peersMissing = needsPeers ? ensurePeers(say) : null
    const report = await work({
      quick,
      peersMissing,
      option: optionOf,
      say,
      finally: (end) => void ends.push(end),
    })
    const machine = { cores: availableParallelism(), load_at_start: round(load ?? 0), node: process.version }
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    write(`${JSON.stringify({ bench: name, ...report, ...(quick && { quick }), seconds, machine })}\n`)
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  } finally {
    for (const end of ends.reverse()) await Promise.resolve(end()).catch(say)
    process.exit() // servers of peers keep sockets that nobody waits for
  }
}

/** Three significant digits: more would promise what a shared machine does not keep. */
export const round = (value: number): number => Number(value.toPrecision(3))

/** Where `p` (0 to 1) of the samples are at or below it. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5)

/** `a / b`, null where either is missing. */
export const ratio = (a: number | undefined, b: number | undefined): number | null =>
  a === undefined || b === undefined || !Number.isFinite(a / b) ? null : round(a / b)
