/**
 * The peers live in `tests/bench/node_modules` with a lockfile of their own, so that the app's install does not
 * contain them. A benchmark installs them if they are missing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const FOLDER = path.resolve(import.meta.dirname, '..')

const modifiedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/**
 * Null if the packages of a folder (of the peers, unless another is given) are installed, or could be installed now;
 * otherwise the reason in one line.
 */
export function ensurePeers(say: (line: string) => void, folder = FOLDER): string | null {
  const installed = path.join(folder, 'node_modules/.package-lock.json')
  if (modifiedAt(installed) >= modifiedAt(path.join(folder, 'package.json'))) return null
  say(`packages are missing: npm ci in ${path.relative(process.cwd(), folder)}`)
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  })
  return status === 0 && existsSync(installed)
    ? null
    : `packages are not installed: npm ci --prefix ${path.relative(process.cwd(), folder)}`
}

/** The pinned version of a peer. */
export function versionOf(name: string): string {
  const file = path.join(FOLDER, 'package.json')
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> }
  return `${name} ${dependencies[name] ?? '?'}`
}
