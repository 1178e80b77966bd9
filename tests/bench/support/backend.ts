/** The embedded backend with the real migrations and seed, on a temporary folder, and its database as owner. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { createBackend, listen } from '../../../supabase/local/server'
import type { Bench } from './run'

export interface BenchBackend {
  readonly origin: string
  readonly database: pg.Pool
}

/** Starts the backend. It ends with the benchmark. */
export async function startBackend(the: Bench): Promise<BenchBackend> {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-bench-backend-'))
  const backend = await createBackend({ folder, durable: false, say: the.say })
  const listening = await listen(backend, 0)
  const database = new pg.Pool({ connectionString: backend.databaseUrl, max: 10 })
  database.on('error', () => undefined) // the connection ends with its server
  the.finally(async () => {
    await listening.close()
    await database.end()
    await backend.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { origin: listening.address, database }
}
