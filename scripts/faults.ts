/**
 * `npm run test:faults -- --seeds 200`: the fault suite with that many seeded histories, and every other test of
 * the catalogue that needs no browser and no server but Postgres; those of `src/sync` and `src/media` all. It ends
 * with the seed, the faults covered and the counts, which cases it did not run, and `N passed, N failed`.
 * A broken history is shrunk; `--seed` and `--path`, as printed, play it again, alone.
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

/** What the catalogue promises and this command leaves to others. */
function tellTheRest(): void {
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

/** A suite that ended before it could tell counts as one that failed. */
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
  if (!values.path) tellTheRest()
  console.log(
    `faults: seed ${values.seed} (npm run test:faults -- --seeds ${values.seeds} --seed ${values.seed})`,
  )
  const { passed, failed } = readCounts(code)
  rmSync(folder, { recursive: true, force: true })
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
})
