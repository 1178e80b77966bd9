/**
 * The app as people get it (`dist/`, built when missing or older than its sources) with the embedded
 * backend, on a throw-away folder and a free port. The specs and `npm run screens` stand on the same.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBackend, listen } from '../../supabase/local/server'
import { serveFolder } from '../../supabase/local/static'

const ROOT = join(import.meta.dirname, '../..')
/** `E2E_DIST` names a build to try as it is, whatever its age. */
const GIVEN = process.env['E2E_DIST']
const DIST = GIVEN ?? join(ROOT, 'dist')
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']

export interface Running {
  origin: string
  /** The database as the owner of its tables. */
  databaseUrl: string
  stop(): Promise<void>
}

function newest(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Builds the app when `dist/` is missing or something it is made of is newer. */
function ensureBuilt(): void {
  if (GIVEN) return
  const built = join(DIST, 'index.html')
  const changed = Math.max(...SOURCES.map((name) => newest(join(ROOT, name))))
  if (existsSync(built) && statSync(built).mtimeMs > changed) return
  const { status } = spawnSync('npx', ['--no-install', 'vite', 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) throw new Error('the app does not build')
}

/** Starts app and backend; stop it when done. */
export async function startBackend(): Promise<Running> {
  ensureBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'convoca-e2e-'))
  const backend = await createBackend({ folder, durable: false, say: (line) => console.warn(line) })
  const listening = await listen(backend, 0, serveFolder(DIST))
  return {
    origin: listening.address,
    databaseUrl: backend.databaseUrl,
    stop: async () => {
      await listening.close()
      await backend.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
