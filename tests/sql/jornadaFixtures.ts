/** Shared fixtures of the jornada tests: days with a chosen capacity, and registrations for them. */
import { randomUUID } from 'node:crypto'
import type { Verdict } from '@/domain/ops'
import type { RegistrationContent } from '@/features/jornadas/registration'
import type { RegistrationSubmission } from '@/features/jornadas/submission'
import type { SubmissionRow } from '@/domain/rows'
import { anon, type Actor, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

export const JORNADAS = '00000000-0000-4000-8000-0000000000c3'
export const JORNADA_NOTICE = '00000000-0000-4000-8000-0000000000a4'
export const DAY = '00000000-0000-4000-8000-0000000b3101'
export const NEXT_DAY = '00000000-0000-4000-8000-0000000b3102'
export const OTHER_GROUP_DAY = '00000000-0000-4000-8000-0000000b3201'
export const UNDATED_DAY = '00000000-0000-4000-8000-0000000b3205'

/** Adds a sujeto obligado of this class. */
export async function addBody(db: TestDatabase, class_key = 'poder_ejecutivo'): Promise<string> {
  const { rows } = await db.pool.query<{ id: string }>(
    'insert into app.sujetos_obligados (name, class_key) values ($1, $2) returning id',
    [`Secretaría de prueba ${randomUUID()}`, class_key],
  )
  return rows[0]!.id
}

/** Sets the capacity of a day and its start, as an interval from now. */
export const setDay = (db: TestDatabase, id: string, capacity: number | null, away = '10 days') =>
  db.pool.query(
    `update app.jornadas set capacity = $2, starts_at = d.at, ends_at = null, on_day = app.local_day(d.at)
     from (select app.now() + $3::interval as at) d where id = $1`,
    [id, capacity, away],
  )

/** Deletes every registration and letter. */
export async function clear(db: TestDatabase) {
  for (const table of ['accessibility_needs', 'seats', 'registrations', 'mail_queue'])
    await db.pool.query(`delete from app.${table}`)
}

/** An address whose owner confirmed it. */
export async function confirmedAddress(db: TestDatabase): Promise<string> {
  const email = `${randomUUID()}@edomex.example`
  await db.pool.query(
    'insert into app.mail_addresses (address_key, confirmed_at) values (app.address_key($1), app.now())',
    [email],
  )
  return email
}

/** The payload of a registration. Its person is confirmed, unless `change` gives an address. */
export async function registration(
  db: TestDatabase,
  change: Record<string, unknown> = {},
): Promise<RegistrationSubmission> {
  const { rows } = await db.pool.query<{ hash: string }>('select hash from app.notices where id = $1', [
    JORNADA_NOTICE,
  ])
  return {
    convocatoria_id: JORNADAS,
    body_id: (change['body_id'] as string | undefined) ?? (await addBody(db)),
    jornada_ids: [DAY],
    display_name: 'Ana Pérez',
    post: 'Titular de la Unidad de Transparencia',
    email: 'email' in change ? '' : await confirmedAddress(db),
    accessibility: null,
    notice_id: JORNADA_NOTICE,
    notice_hash: rows[0]!.hash,
    locale: 'es-MX',
    consented_at: '2026-01-01T10:00:00-06:00',
    consents: [{ key: 'accessibility', granted: false }],
    ...change,
  } as RegistrationSubmission
}

export interface Registered {
  id: string
  secret: string
  row: SubmissionRow<'jornadas'>
}

/** Submits a registration and returns it with its secret. */
export async function register(db: TestDatabase, change: Record<string, unknown> = {}): Promise<Registered> {
  const [id, secret] = [randomUUID(), fx.newSecret()]
  const payload = await registration(db, change)
  const verdict = await fx.applyOne(db, anon, fx.op('registration.submit', id, payload, { secret }))
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
  return { id, secret, row: verdict.row as SubmissionRow<'jornadas'> }
}

/** Submits registrations one after another, so that their order is known. */
export async function registerMany(db: TestDatabase, count: number, change: Record<string, unknown> = {}) {
  const all: Registered[] = []
  for (let i = 0; i < count; i++) all.push(await register(db, change))
  return all
}

/** `applied`, `conflict`, or the code and field of a refusal. */
export const word = (verdict: Verdict): string =>
  'code' in verdict
    ? [verdict.code, verdict.status === 'refused' ? verdict.field : null].filter(Boolean).join(' ')
    : verdict.status

export const author = async (
  db: TestDatabase,
  kind:
    | 'registration.cancel_day'
    | 'registration.accept_offer'
    | 'submission.withdraw'
    | 'submission.undo_withdraw',
  { id, secret }: Registered,
  jornada_id: unknown = DAY,
) => word(await fx.applyOne(db, anon, fx.op(kind, id, { jornada_id }, { secret })))

export const checkIn = (db: TestDatabase, actor: Actor, id: string, payload: Record<string, unknown>) =>
  fx.applyOne(
    db,
    actor,
    fx.op('door.check_in', id, { jornada_id: DAY, code: null, at: '2026-11-20T16:00:00Z', ...payload }),
  )

export async function contentOf(db: TestDatabase, one: Registered): Promise<RegistrationContent> {
  return (await fx.openFolio(db, one.row.folio, one.secret)).content as unknown as RegistrationContent
}

/** The seat of each registration on one day: `confirmed`, `waiting 2` (with its place), … */
export async function seatsOf(db: TestDatabase, all: Registered[], jornada = DAY): Promise<string[]> {
  const contents = await Promise.all(all.map((one) => contentOf(db, one)))
  return contents.map(({ seats }) => {
    const seat = seats.find(({ jornada_id }) => jornada_id === jornada)
    return seat ? [seat.status, seat.place].filter((part) => part !== null).join(' ') : 'none'
  })
}

export const lettersTo = async (db: TestDatabase, id: string) =>
  (
    await db.pool.query<{ subject: string; body: string }>(
      'select subject, body from app.mail_queue where submission_id = $1 order by id',
      [id],
    )
  ).rows

/** Empties the registrations; {@link DAY} has two seats, and {@link NEXT_DAY} one, twelve days away. */
export async function beginWithTwoDays(db: TestDatabase): Promise<void> {
  await clear(db)
  await setDay(db, DAY, 2)
  await setDay(db, NEXT_DAY, 1, '12 days')
}
