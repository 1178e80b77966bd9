/**
 * What a spec file stands on: a network of its own in front of the shared backend, phones on it, and the
 * backend's database to count rows in. Specs share the backend, so each looks only at what it made itself.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { openPhone, removeProfiles, tellWhatIsShown, type Phone, type PhoneOptions } from '../support/browser'
import { startProxy, type NetworkProxy } from '../support/proxy'

/** How long a condition may take on a slow machine before a spec gives up. */
export const PATIENCE = { timeout: 30_000, interval: 100 }

export interface Stage {
  readonly network: NetworkProxy
  readonly database: pg.Pool
  /** A folder of this run, for what is made once and used by many. */
  readonly scratch: string
  /** A phone on this network; on a profile of before to open the same phone again. */
  phone(profile?: string, options?: PhoneOptions): Promise<Phone>
}

/** Sets the stage for a spec file: network before all, phones gone and faults mended after each. */
export function useStage(): Stage {
  let network: NetworkProxy | undefined
  let database: pg.Pool | undefined
  beforeAll(async () => {
    const backend = inject('backend')
    network = await startProxy(backend.origin)
    database = new pg.Pool({ connectionString: backend.databaseUrl, max: 2 })
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await tellWhatIsShown()
    await removeProfiles()
    network?.mend()
  })
  afterAll(async () => {
    await network?.close()
    await database?.end()
  })
  const need = <T>(thing: T | undefined): T => {
    if (!thing) throw new Error('the stage is set in beforeAll')
    return thing
  }
  return {
    get network() {
      return need(network)
    },
    get database() {
      return need(database)
    },
    get scratch() {
      return inject('backend').scratch
    },
    phone: (profile, options) => openPhone(need(network), profile, options),
  }
}

/** A text that nobody else wrote, so that its rows can be counted. */
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

/** The rows of the database that hold this text. */
export async function rowsWith(database: pg.Pool, body: string): Promise<Kept[]> {
  const { rows } = await database.query<Kept>(
    `select s.id, s.folio, s.state, s.version, p.body, p.part_id, p.helps, p.sector, p.municipality
     from app.submissions s join app.propuestas p on p.submission_id = s.id where p.body = $1`,
    [body],
  )
  return rows
}

/** The only row with this text; fails when there is none or more than one. */
export async function onlyRowWith(database: pg.Pool, body: string): Promise<Kept> {
  const rows = await rowsWith(database, body)
  expect(rows).toHaveLength(1)
  return rows[0]!
}

/** Waits for the text to arrive at the server, and makes sure that it did so once. */
export async function untilRow(database: pg.Pool, body: string): Promise<Kept> {
  await expect.poll(async () => (await rowsWith(database, body)).length, PATIENCE).toBeGreaterThan(0)
  return onlyRowWith(database, body)
}

/** How many ops of this submission had an effect. */
export async function receiptsOf(database: pg.Pool, id: string): Promise<number> {
  const { rowCount } = await database.query(
    `select from app.op_receipts where verdict ->> 'entity_id' = $1`,
    [id],
  )
  return rowCount ?? 0
}

/** Runs `work` while the server's clock shows another time, `shift` away from now (an SQL interval). */
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
