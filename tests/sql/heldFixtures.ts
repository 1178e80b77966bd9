/** Shared fixtures of the tests about people who are not confirmed: a week of midday hours, their letters, the jobs. */
import { randomUUID } from 'node:crypto'
import { callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'
import * as jx from './jornadaFixtures'

/** Hours from midday of the coming Monday, at which the tests begin. */
export type Hours = number

/** Midday of the coming Monday in central Mexico. Days and hours counted from it never meet midnight or a weekend. */
async function mondayNoon(db: TestDatabase): Promise<number> {
  const { rows } = await db.pool.query<{ at: Date }>(
    `select (date_trunc('week', app.local_day(pg_catalog.now())::timestamp) + interval '7 days 12 hours')
       at time zone 'America/Mexico_City' as at`,
  )
  return rows[0]!.at.getTime()
}

/**
 * Moves the clock to hours after that Monday's midday; the answer is the instant. The consultation is open at least until that
 * day ends: the seed closes it on a Friday, which from Monday to Wednesday is before.
 */
export async function clockOf(db: TestDatabase) {
  await db.pool.query('delete from app.holidays where true')
  const noon = await mondayNoon(db)
  await db.pool.query('update app.convocatorias set closes_at = greatest(closes_at, $2) where id = $1', [
    fx.OPEN,
    new Date(noon + 12 * 3_600_000),
  ])
  return async (hours: Hours): Promise<Date> => {
    const at = new Date(noon + hours * 3_600_000)
    await fx.setClock(db, at.toISOString())
    return at
  }
}

/** An address that nobody confirmed. */
export const newAddress = () => `${randomUUID()}@edomex.example`

export const confirm = (db: TestDatabase, email: string) =>
  db.pool.query('select app.confirm_address(app.address_key($1))', [email])

export const runJobs = (db: TestDatabase) =>
  callAs(db, service, 'run_due_jobs') as Promise<Record<string, number>>

export const subjectsTo = async (db: TestDatabase, id: string) =>
  (await jx.lettersTo(db, id)).map(({ subject }) => subject.split(':')[0])

/** The seat on a day as its author reads it. */
export async function seatOf(db: TestDatabase, one: jx.Registered, jornada = jx.DAY) {
  const { seats } = await jx.contentOf(db, one)
  return seats.find(({ jornada_id }) => jornada_id === jornada)!
}
