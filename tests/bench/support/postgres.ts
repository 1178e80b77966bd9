/** A Postgres of the benchmark's own, with databases that hold the migrations and the seed. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { prepareDatabase, withClient } from '../../../supabase/local/database'
import { startPostgres, type Postgres } from '../../../supabase/local/postgres'
import type { Bench } from './run'

/** Starts Postgres in a temporary folder and stops it when the benchmark ends. Flushes to disk only with `--durable`. */
export async function benchPostgres(the: Bench): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoca-bench-sql-'))
  const postgres = await startPostgres({ folder, durable: process.argv.includes('--durable') })
  the.finally(postgres.stop)
  return postgres
}

/** Creates a database of this name and opens a pool of its owner's connections. */
export async function openDatabase(
  postgres: Postgres,
  database: string,
  connections: number,
): Promise<pg.Pool> {
  await withClient(postgres.url('supabase_admin'), (client) => client.query(`create database ${database}`))
  await prepareDatabase(postgres, { database, seed: true })
  const pool = new pg.Pool({ connectionString: postgres.url('postgres', database), max: connections })
  pool.on('error', () => undefined)
  return pool
}
