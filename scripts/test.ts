/**
 * `npm test`: Chromium, `npm run check`, then the tests of Vitest, the faults after the others. Each stage
 * says its time; what failed is told again at the end, where the tail of a log keeps it, and the last line
 * is `N passed, N failed`, gates of check and tests together. Exits 1 when anything failed.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildIfStale } from '../supabase/local/build'
import { ensureChromium } from './chromium'

interface Count {
  passed: number
  failed: number
}

/** The part of Vitest's JSON report that is read here. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    name: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[]
  }[]
}

const PROJECT = path.resolve(import.meta.dirname, '..')
const counts: Count[] = []
const failures: string[] = []

async function stage(name: string, work: () => Promise<Count>): Promise<void> {
  console.log(`\n— ${name}`)
  const startedAt = performance.now()
  const count = await work()
  counts.push(count)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`— ${name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`)
}

/** Runs a program of the project, shows what it says, and answers that and its exit code. */
async function run(...command: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn('npx', ['--no-install', ...command], {
    cwd: PROJECT,
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    process.stdout.write(text)
  })
  const code = await new Promise<number | null>((done, failed) =>
    child.once('close', done).once('error', failed),
  )
  return { code, said }
}

async function check(): Promise<Count> {
  const { code, said } = await run('tsx', 'scripts/check.ts')
  const [, passed, failed] = /check: (\d+) passed, (\d+) failed/.exec(said) ?? []
  return atLeastOneFailed(code, { passed: Number(passed ?? 0), failed: Number(failed ?? 0) })
}

async function build(): Promise<Count> {
  await buildIfStale(PROJECT)
  return { passed: 0, failed: 0 }
}

async function vitest(...projects: string[]): Promise<Count> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-test-'))
  const report = path.join(folder, 'report.json')
  try {
    const { code } = await run(
      'vitest',
      'run',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    )
    const told = JSON.parse(readFileSync(report, 'utf8')) as Report
    failures.push(...told.testResults.flatMap(failuresOf))
    return atLeastOneFailed(code, { passed: told.numPassedTests, failed: told.numFailedTests })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function failuresOf({ name, message, assertionResults }: Report['testResults'][number]): string[] {
  const file = path.relative(PROJECT, name)
  const failed = assertionResults.filter(({ status }) => status === 'failed')
  return [
    ...(message ? [`${file}: ${message}`] : []),
    ...failed.map((test) => `${file} > ${test.fullName}\n${test.failureMessages?.join('\n')}`),
  ]
}

/** What fails outside every test (a setup, an unhandled error) counts as one. */
const atLeastOneFailed = (code: number | null, count: Count): Count =>
  code === 0 || count.failed > 0 ? count : { ...count, failed: 1 }

try {
  console.log(`Chromium: ${ensureChromium()}`)
  await stage('check', check)
  await stage('build', build)
  await stage('tests', () => vitest('unit', 'sql', 'contract', 'e2e'))
  await stage('faults', () => vitest('faults'))
} catch (error) {
  console.error((error as Error).message)
  counts.push({ passed: 0, failed: 1 })
}
for (const failure of failures) console.log(`\nFAILED ${failure}`)
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1
