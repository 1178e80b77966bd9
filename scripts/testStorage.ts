/**
 * `npm run test:storage -- <folder>`: the contract tests of storage against Supabase's storage API, built from its public
 * source in that folder (CONTRIBUTING.md says how), on the embedded Postgres with our migrations. Without such a folder
 * it prints the reason and skips.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { whyNot } from '../tests/realStorage/source'

const TESTS = ['storage', 'storageDialect', 'storageLife', 'mediaPlace']

const folder = process.argv[2] && path.resolve(process.argv[2])
const reason = whyNot(folder)
if (reason) {
  console.log(`test:storage is skipped: ${reason}`)
} else {
  const files = TESTS.map((name) => `tests/contract/${name}.test.ts`)
  const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', '--project', 'contract', ...files], {
    cwd: path.resolve(import.meta.dirname, '..'),
    stdio: 'inherit',
    env: { ...process.env, CONTRACT_STORAGE: folder },
  })
  process.exitCode = status ?? 1
}
