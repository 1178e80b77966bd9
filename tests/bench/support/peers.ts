/**
 * The peers live in `tests/bench/node_modules` with a lockfile of their own, so that the app's install does not
 * contain them. A benchmark installs them if they are missing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const FOLDER = path.resolve(import.meta.dirname, '..')

const modifiedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Null if the peers are installed, or could be installed now; otherwise the reason in one line. */
export function ensurePeers(say: (line: string) => void): string | null {
  const installed = path.join(FOLDER, 'node_modules/.package-lock.json')
  if (modifiedAt(installed) >= modifiedAt(path.join(FOLDER, 'package.json'))) return null
  say('the peers are missing: npm ci in tests/bench')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  })
  return status === 0 && existsSync(installed) ? null : 'peers are not installed: cd tests/bench && npm ci'
}

/** The pinned version of a peer. */
export function versionOf(name: string): string {
  const file = path.join(FOLDER, 'package.json')
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> }
  return `${name} ${dependencies[name] ?? '?'}`
}
