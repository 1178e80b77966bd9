/** Days of the calendar in the database, and registrations made through the API. */
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { RegistrationSubmission } from '@/features/jornadas/submission'
import type { SubmissionRow } from '@/domain/rows'
import type { Schedule } from '@/features/jornadas/staff/days/schedule'
import { sendOp } from './api'
import { confirmAddress } from './jornadaRows'
import type { Day } from './jornadaSteps'

/** The date this many days from today in central Mexico. */
export async function dayFromNow(database: pg.Pool, days: number): Promise<string> {
  const { rows } = await database.query<{ day: string }>(
    'select (app.local_day(app.now()) + $1::int)::text as day',
    [days],
  )
  return rows[0]!.day
}

/** The schedule that `addDay` creates, with five seats. */
export const scheduleOf = ({ on_day }: Day): Schedule => ({
  on_day,
  starts_at: `${on_day}T10:00:00-06:00`,
  ends_at: `${on_day}T12:00:00-06:00`,
  place: 'Auditorio de prueba',
  modality: 'presencial',
  capacity: 5,
})

export interface Registered {
  id: string
  folio: string
  secret: string
  email: string
  /** The path of the private link. */
  path: string
}

/** The payload of a valid registration for one day, from an address that is confirmed. */
export async function validRegistration(database: pg.Pool, day: Pick<Day, 'id'>, email: string) {
  const { rows } = await database.query<
    Pick<RegistrationSubmission, 'convocatoria_id' | 'notice_id' | 'notice_hash' | 'body_id'>
  >(
    `select c.id as convocatoria_id, n.id as notice_id, n.hash as notice_hash,
       (select b.id from app.sujetos_obligados b join app.group_classes k on k.class_key = b.class_key
        where k.group_id = j.group_id limit 1) as body_id
     from app.jornadas j join app.convocatorias c on c.id = j.convocatoria_id
     join app.notices n on n.id = c.notice_id where j.id = $1`,
    [day.id],
  )
  await confirmAddress(database, email)
  return {
    ...rows[0]!,
    jornada_ids: [day.id],
    display_name: 'Ana Ejemplo',
    post: 'Titular de la Unidad de Transparencia',
    email,
    accessibility: null,
    locale: 'es-MX',
    consented_at: new Date().toISOString(),
    consents: [{ key: 'accessibility', granted: false }],
  } satisfies RegistrationSubmission
}

/** Registers a person for one day through the API. */
async function registerByApi(origin: string, database: pg.Pool, day: Day): Promise<Registered> {
  const id = randomUUID()
  const secret = randomBytes(16).toString('base64url')
  const email = `${randomUUID()}@edomex.example`
  const payload = await validRegistration(database, day, email)
  const verdict = await sendOp(origin, { kind: 'registration.submit', entity_id: id, payload, secret })
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  const { folio } = verdict.row as SubmissionRow
  return { id, folio, secret, email, path: `/folio#${folio}.${secret}` }
}

/** Registers people one after another, so that their order in line is known. */
export async function registerMany(origin: string, database: pg.Pool, day: Day, count: number) {
  const all: Registered[] = []
  while (all.length < count) all.push(await registerByApi(origin, database, day))
  return all
}

/** The day as the database has it, with hours in central Mexico. */
export async function keptDay(database: pg.Pool, { id }: Day) {
  const { rows } = await database.query<{
    sequence: number
    on_day: string
    hours: string
    place: string
    capacity: number
  }>(
    `select sequence, on_day::text, place, capacity,
       to_char(starts_at at time zone 'America/Mexico_City', 'HH24:MI') || '-'
       || to_char(ends_at at time zone 'America/Mexico_City', 'HH24:MI') as hours
     from app.jornadas where id = $1`,
    [id],
  )
  return rows[0]!
}
