/**
 * `npm test`: installs Chromium if needed, then runs every gate and every test in two parallel lanes, one for each core
 * of the smallest machine. The browser tests follow the build at once, because they take longest and open its files; the
 * other suites go to the lane that is free.
 * Each stage prints its output and time when it ends. The slowest tests and all failures are repeated at the end, where
 * the tail of a log keeps them (a browser test that passed only when repeated is named too), and the last line is `N passed, N failed`, for gates and tests together. Exits 1 when
 * anything failed.
 */
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureChromium, ensureHeadlessShell } from './chromium'
import { BUILD_GATES, type Gate, runGates, runProgram, SOURCE_GATES } from './gates'
import { type Outcome, type PlaywrightReport, readPlaywright, readVitest, type VitestReport } from './reports'

const PROJECT = path.resolve(import.meta.dirname, '..')
const SLOWEST = 10

type Stage = [name: string, work: (say: (text: string) => void) => Promise<Outcome>]

const outcomes: Outcome[] = []

/** Runs its own stages one after the other, then takes from the `common` ones until none is left. A stage's output is shown when it ends. */
async function lane(own: Stage[], common: Stage[]): Promise<void> {
  for (let next = own.shift(); next; next = own.shift() ?? common.shift()) {
    const [name, work] = next
    console.log(`— ${name}: begins`)
    const startedAt = performance.now()
    let said = ''
    const outcome = await work((text) => (said += text)).catch((error: Error) => failure(error.message))
    outcomes.push(outcome)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    console.log(`${said}— ${name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)\n`)
  }
}

const failure = (message: string): Outcome => ({
  passed: 0,
  failed: 1,
  failures: [message],
  unstable: [],
  durations: [],
})

const gates = (name: string, list: Gate[]): Stage => [
  name,
  async (say) => {
    const told: Outcome = { passed: 0, failed: 0, failures: [], unstable: [], durations: [] }
    await runGates([...list], ({ name: gate, passed, text }) => {
      say(`${text}\n`)
      told[passed ? 'passed' : 'failed'] += 1
      if (!passed) told.failures.push(`check: ${gate}\n${text}`)
    })
    return told
  },
]

/** Runs the tests of a project and reads the report that `command` writes to `test-results/<name>.json`. */
const suite = (name: string, command: string[], read: (report: unknown) => Outcome): Stage => [
  name,
  async (say) => {
    const file = path.join(PROJECT, 'test-results', `${name}.json`)
    rmSync(file, { force: true })
    const code = await runProgram(command, say)
    return atLeastOneFailed(code, read(JSON.parse(readFileSync(file, 'utf8'))))
  },
]

const vitest = (name: string): Stage =>
  suite(
    name,
    [
      'vitest',
      'run',
      `--project=${name}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=test-results/${name}.json`,
    ],
    (report) => readVitest(report as VitestReport, PROJECT),
  )

const e2e = suite('e2e', ['playwright', 'test', '--project=e2e'], (report) =>
  readPlaywright(report as PlaywrightReport),
)

/** What fails outside every test (a setup, an unhandled error) counts as one. */
const atLeastOneFailed = (code: number | null, outcome: Outcome): Outcome =>
  code === 0 || outcome.failed > 0 ? outcome : { ...outcome, failed: 1 }

try {
  console.log(`Chromium: ${ensureChromium()}, ${ensureHeadlessShell()}`)
  const common = ['sql', 'contract', 'unit', 'faults'].map(vitest) // the longest first, so that the lanes end together
  await Promise.all([
    lane([gates('build', BUILD_GATES), e2e], common),
    lane([gates('check', SOURCE_GATES)], common),
  ])
} catch (error) {
  outcomes.push(failure((error as Error).message))
}
const slowest = outcomes.flatMap(({ durations }) => durations).sort((a, b) => b.seconds - a.seconds)
console.log('the slowest tests:')
for (const { name, seconds } of slowest.slice(0, SLOWEST))
  console.log(`${seconds.toFixed(1).padStart(6)} s  ${name}`)
for (const told of outcomes.flatMap(({ unstable }) => unstable))
  console.log(`\nUNSTABLE, passed when repeated: ${told}`)
for (const told of outcomes.flatMap(({ failures }) => failures)) console.log(`\nFAILED ${told}`)
const sum = (key: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[key], 0)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1
