/**
 * `npm run types`: writes the database types from the migrations, through a throw-away database. With
 * `--check` it writes nothing and exits 1 when the file says otherwise.
 *
 * The shape is that of `supabase gen types`, which wants Docker; since `public` holds functions only,
 * functions are all it has to tell. It stops when the migrations put anything else there.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import { prepareDatabase, withClient } from '../supabase/local/database'
import { startPostgres } from '../supabase/local/postgres'
import { readFunctions, type SqlFunction } from '../supabase/local/restFunctions'

const PROJECT = path.resolve(import.meta.dirname, '..')
const TARGET = path.join(PROJECT, 'src/data/database.types.ts')

async function generate(): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'convoca-types-'))
  const postgres = await startPostgres({ folder, durable: false })
  try {
    await prepareDatabase(postgres, { seed: false })
    const functions = await withClient(postgres.url('postgres'), async (client) => {
      const { rows } = await client.query<{ relname: string }>(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind <> 'i'",
      )
      if (rows[0]) throw new Error(`public.${rows[0].relname}: schema public is for functions only`)
      return await readFunctions(client)
    })
    return await format(render(functions), { ...(await resolveConfig(TARGET)), parser: 'typescript' })
  } finally {
    await postgres.stop()
  }
}

const render = (functions: SqlFunction[]) => `
// Written by \`npm run types\` from supabase/migrations: change those, not this.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: { [_ in never]: never }
    Views: { [_ in never]: never }
    Functions: { ${functions.map(renderFunction).join('\n')} }
    Enums: { [_ in never]: never }
    CompositeTypes: { [_ in never]: never }
  }
}
`

function renderFunction({ name, parameters, defaults, returns, returnsSet }: SqlFunction): string {
  const required = parameters.length - defaults
  const args = parameters.map(
    (parameter, index) =>
      `${JSON.stringify(parameter.name)}${index < required ? '' : '?'}: ${typeOf(parameter.type)}`,
  )
  const whole = parameters[0]?.name === '' // takes the body as it is
  const named = args.length ? `{ ${args.join('; ')} }` : 'never'
  return `${name}: { Args: ${whole ? '{ [key: string]: Json | undefined }' : named}; Returns: ${typeOf(returns)}${returnsSet ? '[]' : ''} }`
}

const NUMBERS = ['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric']
const TEXTS = ['text', 'uuid', 'date', 'character varying', 'timestamp with time zone', 'bytea']

/** The type of a value in JSON, as PostgREST reads and writes it. */
function typeOf(sql: string): string {
  if (sql.endsWith('[]')) return `${typeOf(sql.slice(0, -2))}[]`
  if (sql === 'json' || sql === 'jsonb') return 'Json'
  if (sql === 'void') return 'undefined'
  if (sql === 'boolean') return 'boolean'
  if (NUMBERS.includes(sql)) return 'number'
  if (TEXTS.includes(sql)) return 'string'
  throw new Error(`no TypeScript type is known for ${sql}`)
}

function current(): string {
  try {
    return readFileSync(TARGET, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

const types = await generate()
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, types)
  console.log(`wrote ${path.relative(PROJECT, TARGET)}`)
} else if (current() !== types) {
  console.error('src/data/database.types.ts differs from the migrations: run «npm run types».')
  process.exitCode = 1
}
