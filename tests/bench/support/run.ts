/**
 * Runs one benchmark: one JSON object on stdout, progress on stderr. A missed goal is a figure like any other;
 * only a benchmark that could not run exits with 1.
 */
import { availableParallelism, loadavg } from 'node:os'
import { ensurePeers } from './peers'

export interface Report {
  ours: unknown
  peers: Record<string, unknown>
  ratio: Record<string, number | null>
  /** How often each contender was measured, interleaved; figures are medians over the runs. */
  runs: number
  [more: string]: unknown
}

export interface Bench {
  /** A short run to try the benchmark itself. Its figures mean nothing. */
  readonly quick: boolean
  /** The reason why the peers cannot run; null if they can. */
  readonly peersMissing: string | null
  /** The value of `--name value` on the command line. */
  option(name: string): string | undefined
  say(line: string): void
  /** Runs when the benchmark ends, also after an error; the last one first. */
  finally(end: () => Promise<unknown> | void): void
}

const argv = process.argv.slice(2)
const say = (line: string) => console.error(`· ${line}`)

function optionOf(name: string): string | undefined {
  const at = argv.indexOf(`--${name}`)
  return at < 0 ? undefined : argv[at + 1]
}

/** Runs `work` and prints its report. `needsPeers: false` uses nothing of `tests/bench/node_modules`. */
export async function bench(
  name: string,
  work: (bench: Bench) => Promise<Report>,
  { needsPeers = true } = {},
): Promise<void> {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write // bundlers write to stdout
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
    process.exit() // servers of peers keep sockets open
  }
}

/** Rounds to three significant digits. A shared machine does not justify more. */
export const round = (value: number): number => Number(value.toPrecision(3))

/** The value that a share `p` (0 to 1) of the samples does not exceed. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5)

/** `a / b`, or null if either is missing. */
export const ratio = (a: number | undefined, b: number | undefined): number | null =>
  a === undefined || b === undefined || !Number.isFinite(a / b) ? null : round(a / b)
