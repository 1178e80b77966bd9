/** Applies `supabase/migrations` as the Supabase CLI does: in order, each whole or not at all, once. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'

/** A migration that was applied reads otherwise now. The database cannot follow: begin anew. */
export class MigrationChanged extends Error {
  constructor(readonly file: string) {
    super(
      `La migración ${file} cambió después de aplicarse en estos datos. Empieza de nuevo con «npm start -- --reset» o escribe otra migración.`,
    )
  }
}

interface Applied {
  version: string
  statements: string[] | null
}

/** Runs what is missing, as the connection's role (`postgres`). Answers the names of the files it ran. */
export async function applyMigrations(client: pg.ClientBase, folder: string): Promise<string[]> {
  const { rows } = await client.query<Applied>(
    'select version, statements from supabase_migrations.schema_migrations',
  )
  const applied = new Map(rows.map((row) => [row.version, row.statements?.[0]]))
  const ran: string[] = []
  for (const file of migrationFiles(folder)) {
    const [, version = '', name = ''] = /^(\d+)_(.+)\.sql$/.exec(file) ?? []
    const sql = readFileSync(path.join(folder, file), 'utf8')
    if (applied.has(version)) {
      if (applied.get(version) !== sql) throw new MigrationChanged(file)
      continue
    }
    await inTransaction(client, file, async () => {
      await client.query(sql)
      await client.query(
        'insert into supabase_migrations.schema_migrations (version, statements, name) values ($1, $2, $3)',
        [version, [sql], name],
      )
    })
    ran.push(file)
  }
  return ran
}

/** Runs a file that may run at every start, such as `seed.sql`. Nothing happens when it is missing. */
export async function runSqlFile(client: pg.ClientBase, file: string): Promise<void> {
  if (existsSync(file))
    await inTransaction(client, path.basename(file), () => client.query(readFileSync(file, 'utf8')))
}

const migrationFiles = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /^\d+_.+\.sql$/.test(file))
        .sort()
    : []

async function inTransaction(
  client: pg.ClientBase,
  file: string,
  work: () => Promise<unknown>,
): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`${file}: ${describe(error as pg.DatabaseError)}`, { cause: error })
  }
}

const describe = ({ message, code, detail, hint, where, position }: pg.DatabaseError) =>
  [message, code && `(${code})`, detail, hint, where, position && `en el carácter ${position}`]
    .filter(Boolean)
    .join(' · ')
