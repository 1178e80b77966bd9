/** Prepares a database as a Supabase project with our migrations has it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { applyMigrations } from './migrate'
import type { Postgres } from './postgres'
import { seedOnce } from './seed'

/** The project's folder `supabase`, which holds the migrations and the seed. */
export const SUPABASE_FOLDER = path.resolve(import.meta.dirname, '..')

interface Preparation {
  database?: string
  /** Whether to write the demonstration, once. */
  seed: boolean
  say?: (line: string) => void
  /** Creates the schema `storage`, which our migrations need. By default `bootstrapStorage.sql` does. */
  prepareStorage?: () => Promise<void>
}

/**
 * Runs the bootstrap, the migrations that are missing and, where asked, the seed. Answers the migrations that ran.
 * Throws MigrationChanged for data of another schema.
 */
export async function prepareDatabase(
  postgres: Postgres,
  { database = 'postgres', seed, say = () => undefined, prepareStorage }: Preparation,
): Promise<string[]> {
  await withClient(postgres.url('supabase_admin', database), async (client) => {
    await client.query(bootstrapOf('bootstrap').replaceAll(':password', pg.escapeLiteral(postgres.password)))
    await client.query(`alter database ${pg.escapeIdentifier(database)} owner to postgres`)
    if (!prepareStorage) await client.query(bootstrapOf('bootstrapStorage'))
  })
  await prepareStorage?.()
  return await withClient(postgres.url('postgres', database), async (client) => {
    await client.query('set idle_in_transaction_session_timeout = 0') // that of requests is short for a busy machine
    const ran = await applyMigrations(client, path.join(SUPABASE_FOLDER, 'migrations'))
    if (seed) await seedOnce(client, SUPABASE_FOLDER, say)
    return ran
  })
}

const bootstrapOf = (name: string) => readFileSync(path.join(SUPABASE_FOLDER, `local/${name}.sql`), 'utf8')

/** Opens one connection for the work and closes it afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined) // the next query fails with it; unheard, it would end the process
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
