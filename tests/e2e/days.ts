/** Days of the open series of jornadas that no other spec uses, and people of public bodies who register. */
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { RegistrationSubmission } from '@/domain/registration'
import type { SubmissionRow } from '@/domain/rows'
import type { Schedule } from '@/domain/schedule'
import { sendOp } from './api'

/** The series of the seed that is open, and its first group. */
export const SERIES = '00000000-0000-4000-8000-0000000000c3'
const GROUP = '00000000-0000-4000-8000-0000000a3001'

export interface Day {
  id: string
  title: string
  /** `YYYY-MM-DD`, in the centre of Mexico. */
  on_day: string
}

/** So many days from today, as the centre of Mexico counts. */
export async function dayFromNow(database: pg.Pool, days: number): Promise<string> {
  const { rows } = await database.query<{ day: string }>(
    'select (app.local_day(app.now()) + $1::int)::text as day',
    [days],
  )
  return rows[0]!.day
}

/** The schedule that `makeDay` gives with five seats. */
export const scheduleOf = ({ on_day }: Day): Schedule => ({
  on_day,
  starts_at: `${on_day}T10:00:00-06:00`,
  ends_at: `${on_day}T12:00:00-06:00`,
  place: 'Sala de siempre',
  modality: 'presencial',
  capacity: 5,
})

/** A day twenty days ahead, from 10:00 to 12:00, at a place of its own. */
export async function makeDay(database: pg.Pool, capacity: number): Promise<Day> {
  const title = `Jornada ${randomUUID().slice(0, 8)}`
  const on_day = await dayFromNow(database, 20)
  const { rows } = await database.query<{ id: string }>(
    `insert into app.jornadas (convocatoria_id, group_id, position, title, speaker, on_day, starts_at, ends_at,
       place, modality, capacity)
     select $1, $2, max(j.position) + 1, $3, 'Ponente de ejemplo', $4::date,
       ($4::date + time '10:00') at time zone 'America/Mexico_City',
       ($4::date + time '12:00') at time zone 'America/Mexico_City', 'Sala de siempre', 'presencial', $5
     from app.jornadas j where j.group_id = $2 returning id`,
    [SERIES, GROUP, title, on_day, capacity],
  )
  return { id: rows[0]!.id, title, on_day }
}

export interface Registered {
  id: string
  folio: string
  secret: string
  email: string
  /** The private link's path. */
  path: string
}

async function soundRegistration(database: pg.Pool, day: Day, email: string) {
  const { rows } = await database.query<{ notice_id: string; notice_hash: string; body_id: string }>(
    `select n.id as notice_id, n.hash as notice_hash,
       (select b.id from app.sujetos_obligados b where b.class_key = 'poder_ejecutivo' limit 1) as body_id
     from app.convocatorias c join app.notices n on n.id = c.notice_id where c.id = $1`,
    [SERIES],
  )
  return {
    ...rows[0]!,
    convocatoria_id: SERIES,
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

/** Registers somebody from nowhere for one day. */
async function registerByApi(origin: string, database: pg.Pool, day: Day): Promise<Registered> {
  const id = randomUUID()
  const secret = randomBytes(16).toString('base64url')
  const email = `${randomUUID()}@edomex.example`
  const payload = await soundRegistration(database, day, email)
  const verdict = await sendOp(origin, { kind: 'registration.submit', entity_id: id, payload, secret })
  if (verdict.status !== 'applied') throw new Error(`not applied: ${JSON.stringify(verdict)}`)
  const { folio } = verdict.row as SubmissionRow
  return { id, folio, secret, email, path: `/folio#${folio}.${secret}` }
}

/** One after the other, so that their order in the line is known. */
export async function registerMany(origin: string, database: pg.Pool, day: Day, count: number) {
  const all: Registered[] = []
  while (all.length < count) all.push(await registerByApi(origin, database, day))
  return all
}

/** The day as the database has it, with hours of the centre of Mexico. */
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
