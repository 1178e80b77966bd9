/**
 * The app as people get it (`dist/`) with the embedded backend, on a throw-away folder and a free port. The
 * specs and `npm run screens` stand on the same.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { buildIfStale } from '../../supabase/local/build'
import { openPool } from '../../supabase/local/pool'
import { createBackend, listen } from '../../supabase/local/server'
import { serveFolder } from '../../supabase/local/static'

const ROOT = join(import.meta.dirname, '../..')
/** `E2E_DIST` names a build to try as it is, whatever its age. */
const GIVEN = process.env['E2E_DIST']

export interface Running {
  origin: string
  /** The database as the owner of its tables, and connections to it. */
  databaseUrl: string
  database: pg.Pool
  /** The folder of the app's files. */
  dist: string
  stop(): Promise<void>
}

/** The app's files, built first when they are missing or older than their sources. */
export const buildApp = async (): Promise<string> => GIVEN ?? (await buildIfStale(ROOT)).folder

/** Starts app and backend; stop it when done. */
export async function startBackend(): Promise<Running> {
  const dist = await buildApp()
  const folder = mkdtempSync(join(tmpdir(), 'convoca-e2e-'))
  const say = (line: string) => console.warn(line)
  const backend = await createBackend({ folder, durable: false, say })
  const database = openPool(backend.databaseUrl, 2, say)
  const listening = await listen(backend, 0, serveFolder(dist))
  return {
    origin: listening.address,
    databaseUrl: backend.databaseUrl,
    database,
    dist,
    stop: async () => {
      await listening.close()
      await database.end()
      await backend.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
