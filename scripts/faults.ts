/**
 * `npm run test:faults -- --seeds 200`: runs the fault suite with that many seeded histories, all tests of `src/sync`
 * and `src/media`, and every other test of the catalogue that needs only Postgres. At the end it prints the seed, the
 * covered faults, the cases it did not run, and `N passed, N failed`. A failing history is shrunk; the printed `--seed`
 * and `--path` repeat it alone.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { CATALOGUE } from '../tests/faults/catalogue'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    path: { type: 'string' },
  },
})

const FOLDERS = ['src/sync/', 'src/media/', 'tests/faults/']
const runsHere = (file: string) => /^(?:src|tests\/faults|tests\/sql)\//u.test(file)
const cases = Object.entries(CATALOGUE).flatMap(([fault, known]) =>
  Array.isArray(known) ? known.map(([file, test]) => ({ fault, file, test })) : [],
)
const named = cases.map(({ file }) => file).filter(runsHere)
const files = values.path ? ['tests/faults/histories.test.ts'] : [...new Set([...FOLDERS, ...named])]

/** Prints the cases of the catalogue that this command does not run. */
function printOtherCases(): void {
  const left = cases.filter(({ file }) => !runsHere(file))
  const alone = new Set(left.map(({ fault }) => fault))
  for (const { fault, file } of cases) if (runsHere(file)) alone.delete(fault)
  console.log(`faults: ${cases.length - left.length} of ${cases.length} cases run here, not these:`)
  for (const { fault, file, test } of left) console.log(`  ${fault}: ${file} «${test}»`)
  if (alone.size > 0) console.log(`faults: with no case here at all: ${[...alone].join(' · ')}`)
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-faults-'))
const report = path.join(folder, 'report.json')
const projects = ['unit', 'sql', 'faults'].map((project) => `--project=${project}`)
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const child = spawn('npx', ['--no-install', 'vitest', 'run', ...projects, ...reporters, ...files], {
  stdio: ['inherit', 'pipe', 'inherit'],
  env: {
    ...process.env,
    FAULT_SEEDS: values.seeds,
    FAULT_SEED: values.seed,
    ...(values.path && { FAULT_PATH: values.path }),
  },
})
let said = ''
child.stdout.setEncoding('utf8').on('data', (text: string) => {
  said += text
  process.stdout.write(text)
})

/** The counts of the report. A run without a report counts as one failure. */
function readCounts(code: number | null): { passed: number; failed: number } {
  try {
    const told = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
    const failed = told['numFailedTests'] ?? 0
    return { passed: told['numPassedTests'] ?? 0, failed: code === 0 ? failed : Math.max(1, failed) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

child.once('close', (code) => {
  console.log((said.match(/faults: .*/gu) ?? []).join('\n'))
  if (!values.path) printOtherCases()
  console.log(
    `faults: seed ${values.seed} (npm run test:faults -- --seeds ${values.seeds} --seed ${values.seed})`,
  )
  const { passed, failed } = readCounts(code)
  rmSync(folder, { recursive: true, force: true })
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
})
