/**
 * The built app (`dist/`) with the embedded backend, on a temporary folder and a free port, for the specs and
 * `npm run screens`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { buildIfStale } from '../../supabase/local/build'
import { openPool } from '../../supabase/local/pool'
import { createBackend, listen } from '../../supabase/local/server'
import { serveFolder } from '../../supabase/local/static'
import { giveKeys } from '../support/keys'

const ROOT = join(import.meta.dirname, '../..')
/** `E2E_DIST` names a build to test as it is, whatever its age. */
const GIVEN = process.env['E2E_DIST']

export interface Running {
  origin: string
  /** A connection string for the database as the owner of its tables, and a pool of such connections. */
  databaseUrl: string
  database: pg.Pool
  /** The folder of the app's files. */
  dist: string
  stop(): Promise<void>
}

/** The folder of the app's files, built first if they are missing or older than their sources. */
export const buildApp = async (): Promise<string> => GIVEN ?? (await buildIfStale(ROOT)).folder

/** Starts app and backend, empty or with the demonstration. Call `stop` at the end. */
export async function startBackend(options: { empty?: boolean } = {}): Promise<Running> {
  const dist = await buildApp()
  const folder = mkdtempSync(join(tmpdir(), 'convoca-e2e-'))
  giveKeys(folder)
  const say = (line: string) => console.warn(line)
  const backend = await createBackend({ folder, durable: false, say, ...options })
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
