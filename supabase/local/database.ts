/** A database as a Supabase project with our migrations has it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { importBodies } from './importBodies'
import { applyMigrations, runSqlFile } from './migrate'
import type { Postgres } from './postgres'

/** Where `bootstrap.sql`, the migrations and the seed are: the folder `supabase` of the project. */
export const SUPABASE_FOLDER = path.resolve(import.meta.dirname, '..')

/** Bootstrap, migrations and, where asked, the seed. Answers the migrations that ran. */
export async function prepareDatabase(
  postgres: Postgres,
  { database = 'postgres', seed }: { database?: string; seed: boolean },
): Promise<string[]> {
  const bootstrap = readFileSync(path.join(SUPABASE_FOLDER, 'local/bootstrap.sql'), 'utf8')
  await withClient(postgres.url('supabase_admin', database), async (client) => {
    await client.query(bootstrap.replaceAll(':password', pg.escapeLiteral(postgres.password)))
    await client.query(`alter database ${pg.escapeIdentifier(database)} owner to postgres`)
  })
  return await withClient(postgres.url('postgres', database), async (client) => {
    const ran = await applyMigrations(client, path.join(SUPABASE_FOLDER, 'migrations'))
    if (seed) await runSeed(client)
    return ran
  })
}

/** The demonstration, and its sample of a registry by the same way as a real one. */
async function runSeed(client: pg.Client): Promise<void> {
  await runSqlFile(client, path.join(SUPABASE_FOLDER, 'seed.sql'))
  await importBodies(client, readFileSync(path.join(SUPABASE_FOLDER, 'samples/sujetos-obligados.csv')))
}

/** One connection for the length of the work. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
