/**
 * `npm test`: installs Chromium if needed, then runs every gate and every test in two parallel lanes, one for each core
 * of the smallest machine. The browser tests follow `check`, because they open its build. Each stage prints its output
 * and time when it ends. The slowest tests and all failures are repeated at the end, and the last line is
 * `N passed, N failed`, for gates and tests together. Exits 1 when anything failed.
 */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureChromium } from './chromium'
import { type Outcome, type PlaywrightReport, readPlaywright, readVitest, type VitestReport } from './reports'

const PROJECT = path.resolve(import.meta.dirname, '..')
const SLOWEST = 10

type Stage = [name: string, work: (say: (text: string) => void) => Promise<Outcome>]

const outcomes: Outcome[] = []

/** Runs stages one after the other. The output of a stage is printed as a whole when it ends. */
async function lane(...stages: Stage[]): Promise<void> {
  for (const [name, work] of stages) {
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
  durations: [],
})

/** Runs a program of the project and resolves to its exit code. */
async function run(say: (text: string) => void, command: string[]): Promise<number | null> {
  const child = spawn('npx', ['--no-install', ...command], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', say)
  return await new Promise((done, failed) => child.once('close', done).once('error', failed))
}

const check: Stage = [
  'check',
  async (say) => {
    let said = ''
    const code = await run((text) => (say(text), (said += text)), ['tsx', 'scripts/check.ts'])
    const [, passed, failed] = /check: (\d+) passed, (\d+) failed/.exec(said) ?? []
    const failures = [...said.matchAll(/^FAILED (.*) \(/gmu)].map(([, gate]) => `check: ${gate}`)
    const told = { passed: Number(passed ?? 0), failed: Number(failed ?? 0), failures, durations: [] }
    return atLeastOneFailed(code, told)
  },
]

/** Runs the tests of a project and reads the report that `command` writes to `test-results/<name>.json`. */
const suite = (name: string, command: string[], read: (report: unknown) => Outcome): Stage => [
  name,
  async (say) => {
    const file = path.join(PROJECT, 'test-results', `${name}.json`)
    rmSync(file, { force: true })
    const code = await run(say, command)
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

/** A failure outside every test (a setup, an unhandled error) counts as one. */
const atLeastOneFailed = (code: number | null, outcome: Outcome): Outcome =>
  code === 0 || outcome.failed > 0 ? outcome : { ...outcome, failed: 1 }

try {
  console.log(`Chromium: ${ensureChromium()}`)
  await Promise.all([
    lane(check, e2e),
    lane(vitest('unit'), vitest('sql'), vitest('contract'), vitest('faults')),
  ])
} catch (error) {
  outcomes.push(failure((error as Error).message))
}
const slowest = outcomes.flatMap(({ durations }) => durations).sort((a, b) => b.seconds - a.seconds)
console.log('the slowest tests:')
for (const { name, seconds } of slowest.slice(0, SLOWEST))
  console.log(`${seconds.toFixed(1).padStart(6)} s  ${name}`)
for (const told of outcomes.flatMap(({ failures }) => failures)) console.log(`\nFAILED ${told}`)
const sum = (key: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[key], 0)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1
