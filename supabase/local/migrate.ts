/** Applies `supabase/migrations` as the Supabase CLI does: in order, each once, whole or not at all. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { OldData } from './oldData'

/** The database has other migrations than the folder. Until 1.0 they are edited in place, so it cannot follow. */
export class MigrationChanged extends OldData {
  constructor(readonly file: string) {
    super(`son de otro esquema (la migración ${file} cambió)`)
  }
}

interface Applied {
  version: string
  statements: string[] | null
}

/**
 * Runs the migrations that the database lacks, as the connection's role (`postgres`). Answers their file names.
 * Throws MigrationChanged, before anything runs, when an applied one was edited, renamed or removed, or when a new
 * one stands before an applied one.
 */
export async function applyMigrations(client: pg.ClientBase, folder: string): Promise<string[]> {
  const migrations = readMigrations(folder)
  const { rows } = await client.query<Applied>(
    'select version, statements from supabase_migrations.schema_migrations order by version',
  )
  for (const [index, { version, statements }] of rows.entries()) {
    const { file, sql } = migrations[index] ?? { file: version, sql: null }
    if (sql === null || statements?.[0] !== sql) throw new MigrationChanged(file)
  }
  const missing = migrations.slice(rows.length)
  for (const { file, version, name, sql } of missing) {
    await inTransaction(client, file, async () => {
      await client.query(sql)
      await client.query(
        'insert into supabase_migrations.schema_migrations (version, statements, name) values ($1, $2, $3)',
        [version, [sql], name],
      )
    })
  }
  return missing.map(({ file }) => file)
}

interface Migration {
  file: string
  version: string
  name: string
  sql: string
}

export const readMigrations = (folder: string): Migration[] =>
  readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const [, version, name] = /^(\d+)_(.+)\.sql$/u.exec(file) ?? []
      if (version === undefined || name === undefined) return []
      return [{ file, version, name, sql: readFileSync(path.join(folder, file), 'utf8') }]
    })

/** Commits the work or throws what Postgres says, with the name of the file that it comes from. */
export async function inTransaction(
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
