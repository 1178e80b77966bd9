/** Imports a registry of sujetos obligados into a database: all of it or nothing. */
import type pg from 'pg'
import { readRegistry, type RegistryReferences } from './registryCsv'

export interface ImportCounts {
  added: number
  changed: number
  unchanged: number
}

/** The file has bad rows. `problems` says each in Spanish, with its line; nothing was written. */
export class BadRegistry extends Error {
  constructor(readonly problems: string[]) {
    super(`No se importó nada. Corrija el archivo:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

const UPSERT = `
  with given as (
    select * from jsonb_to_recordset($1)
      as g (name text, acronym text, class_key text, municipality text, active boolean)
  ), written as (
    insert into app.sujetos_obligados as b (name, acronym, class_key, municipality, active)
    select g.name, g.acronym, g.class_key, g.municipality, g.active from given g
    on conflict (name, class_key) do update set acronym = excluded.acronym,
      municipality = excluded.municipality, active = excluded.active
    where (b.acronym, b.municipality, b.active)
      is distinct from (excluded.acronym, excluded.municipality, excluded.active)
    returning xmax = 0 as added
  )
  select count(*) filter (where added)::int as added, count(*) filter (where not added)::int as changed from written`

/**
 * Adds new bodies and updates changed ones. Name and class identify a body, so importing the same file twice
 * changes nothing. Bodies that the file does not name stay; `activo` = no hides one. Throws BadRegistry.
 */
export async function importBodies(client: pg.ClientBase, file: Uint8Array): Promise<ImportCounts> {
  const { rows, problems } = readRegistry(file, await readReferences(client))
  if (problems.length > 0) throw new BadRegistry(problems)
  const { rows: counts } = await client.query<{ added: number; changed: number }>(UPSERT, [
    JSON.stringify(rows),
  ])
  const { added, changed } = counts[0]!
  return { added, changed, unchanged: rows.length - added - changed }
}

async function readReferences(client: pg.ClientBase): Promise<RegistryReferences> {
  const { rows } = await client.query<RegistryReferences>(
    `select (select jsonb_agg(to_jsonb(c)) from app.body_classes c) as classes,
       (select jsonb_agg(to_jsonb(m)) from app.municipalities m) as municipalities`,
  )
  return rows[0]!
}
