/**
 * `npm run types`: writes the database types from the migrations, through a temporary database. With `--check` it
 * writes nothing and exits 1 when the file differs.
 *
 * The output has the shape of `supabase gen types`, which needs Docker. Schema `public` may hold functions only, and
 * the script stops if it holds anything else. Where the catalog says `jsonb`, the type is the function's entry in
 * `Answers` or `JsonArguments` of `src/domain/wire.ts`.
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
import type { Answers, JsonArguments } from '@/domain/wire'

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

const isJson = (sql: string) => sql === 'json' || sql === 'jsonb'

/** Required arguments that may be null, which the catalog does not say. */
const NULLABLE = ['convocatoria_draft.p_id', 'save_convocatoria.p_id']

function renderFunction(fn: SqlFunction): string {
  const answer = isJson(fn.returns) ? `Answers[${JSON.stringify(fn.name)}]` : typeOf(fn.returns)
  return `${fn.name}: { Args: ${renderArguments(fn)}; Returns: ${answer}${fn.returnsSet ? '[]' : ''} }`
}

/** Arguments with a default are optional and may be null. */
function renderArguments({ name, parameters, defaults }: SqlFunction): string {
  if (parameters[0]?.name === '') return `JsonArguments[${JSON.stringify(name)}]` // its only argument is the whole body
  if (parameters.length === 0) return 'never'
  const required = parameters.length - defaults
  const args = parameters.map((parameter, index) => {
    const isOptional = index >= required
    const json = `JsonArguments[${JSON.stringify(name)}][${JSON.stringify(parameter.name)}]`
    const type = isJson(parameter.type) ? json : typeOf(parameter.type)
    const isNullable = isOptional || NULLABLE.includes(`${name}.${parameter.name}`)
    return `${JSON.stringify(parameter.name)}${isOptional ? '?' : ''}: ${type}${isNullable ? ' | null' : ''}`
  })
  return `{ ${args.join('; ')} }`
}

const NUMBERS = ['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric']
const TEXTS = ['text', 'uuid', 'date', 'character varying', 'timestamp with time zone', 'bytea']

/** The TypeScript type of a value in the JSON of PostgREST. */
function typeOf(sql: string): string {
  if (sql.endsWith('[]')) return `${typeOf(sql.slice(0, -2))}[]`
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
