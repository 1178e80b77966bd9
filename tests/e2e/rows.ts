/** The propuestas of the specs in the database. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'

/** A unique text, so that its rows can be counted. */
export const uniqueBody = (
  about = 'Propongo que cada acción tenga una persona responsable con nombre y horario.',
) => `${about} (${randomUUID()})`

export interface Kept {
  id: string
  folio: string
  state: string
  version: number
  body: string
  part_id: string | null
  helps: string | null
  sector: string | null
  municipality: string | null
}

/** The rows with this text. */
export async function rowsWith(database: pg.Pool, body: string): Promise<Kept[]> {
  const { rows } = await database.query<Kept>(
    `select s.id, s.folio, s.state, s.version, p.body, p.part_id, p.helps, p.sector, p.municipality
     from app.submissions s join app.propuestas p on p.submission_id = s.id where p.body = $1`,
    [body],
  )
  return rows
}

/** The only row with this text. Throws if there is none or more than one. */
export async function onlyRowWith(database: pg.Pool, body: string): Promise<Kept> {
  const rows = await rowsWith(database, body)
  if (rows.length !== 1) throw new Error(`${rows.length} rows with this text`)
  return rows[0]!
}

/** The number of ops of this submission with a receipt. */
export async function receiptsOf(database: pg.Pool, id: string): Promise<number> {
  const { rowCount } = await database.query(
    `select from app.op_receipts where verdict ->> 'entity_id' = $1`,
    [id],
  )
  return rowCount ?? 0
}

/** Runs `work` with the server's clock shifted by `shift` (an SQL interval). */
export async function withClock<T>(database: pg.Pool, shift: string, work: () => Promise<T>): Promise<T> {
  const setClock = (expression: string) =>
    database.query(
      `create or replace function app.now() returns timestamptz language sql stable as $$ select ${expression} $$`,
    )
  await setClock(`pg_catalog.now() + interval '${shift}'`)
  try {
    return await work()
  } finally {
    await setClock('pg_catalog.now()')
  }
}
