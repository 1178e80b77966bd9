/**
 * `npm run test:long`: runs the tests of `tests/long`, and of `tests/e2e` those with the tag `@long`, which take too long
 * for `npm test`; names of files choose among them. All random choices come from one printed seed, and `-- --seed N`
 * repeats a run. `--kills N` (of each kind) and `--megabytes N` set its size.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensureChromium } from './chromium'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, kills: { type: 'string' }, megabytes: { type: 'string' } },
})
const numbers = {
  LONG_SEED: values.seed ?? String(Date.now() % 1_000_000),
  LONG_KILLS: values.kills ?? '20',
  LONG_MEGABYTES: values.megabytes ?? '200',
}
const root = path.resolve(import.meta.dirname, '..')
const npm = ['ci', '--ignore-scripts', '--prefix', 'tests/long', '--no-audit', '--no-fund', '--silent']
if (spawnSync('npm', npm, { cwd: root, stdio: 'inherit' }).status !== 0)
  console.log('pg_dump could not be installed from npm: the test of a restore needs one on this machine')
console.log(`Chromium: ${ensureChromium()}`)
console.log(`seed ${numbers.LONG_SEED} (npm run test:long -- --seed ${numbers.LONG_SEED})`)
const RUNNERS = [
  ['playwright', 'test', '--project=long', '--project=e2e-long', '--pass-with-no-tests'],
  ['vitest', 'run', '--project=long', '--passWithNoTests'],
]
for (const runner of RUNNERS) {
  const { status } = spawnSync('npx', ['--no-install', ...runner, ...positionals], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...numbers },
  })
  if (status !== 0) process.exitCode = 1
}
