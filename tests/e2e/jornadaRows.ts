/** The rows of a registration in the database. */
import type pg from 'pg'
import { expect } from '@playwright/test'
import { PATIENCE } from './patience'

export interface Seated {
  id: string
  folio: string
  name: string
  jornada_id: string
  status: string
  position: number
  receipts: number
}

/** Notes that the owner of this address confirmed it, as the button of a letter's page does. */
export const confirmAddress = (database: pg.Pool, email: string) =>
  database.query('select app.confirm_address(app.address_key($1))', [email])

/** The seats of the registration with this email address, by day. */
export async function seatsOf(database: pg.Pool, email: string): Promise<Seated[]> {
  const { rows } = await database.query<Seated>(
    `select s.id, s.folio, c.display_name as name, t.jornada_id, t.status, t.position::int,
       (select count(*)::int from app.op_receipts r where r.verdict ->> 'entity_id' = s.id::text) as receipts
     from app.contacts c join app.submissions s on s.id = c.submission_id join app.seats t on t.submission_id = s.id
     where c.email = $1 order by t.position`,
    [email],
  )
  return rows
}

/** Waits for the registration to arrive and returns its seats. */
export async function untilSeats(database: pg.Pool, email: string): Promise<Seated[]> {
  await expect.poll(async () => (await seatsOf(database, email)).length, PATIENCE).toBeGreaterThan(0)
  return seatsOf(database, email)
}
