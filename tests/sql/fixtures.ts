/**
 * Shared fixtures of the SQL tests: people and ids of the seed, ops as a phone sends them, and a settable
 * clock.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { ApplyOpsAnswer, Op, OpKind, Verdict } from '@/domain/ops'
import type { PropuestaSubmission } from '@/domain/propuesta'
import type { SubmissionRow } from '@/domain/rows'
import type { StaffItem } from '@/domain/staffRows'
import { type Actor, anon, asActor, callAs, type TestDatabase, user } from '../support/database'
import { openSessions } from '../support/sessions'

export const OPEN = '00000000-0000-4000-8000-0000000000c1'
export const COMING = '00000000-0000-4000-8000-0000000000c2'
export const HISTORIC = '00000000-0000-4000-8000-0000000000c4'
export const NOTICE = '00000000-0000-4000-8000-0000000000a1'
export const ACTION = '00000000-0000-4000-8000-0000000000e3'
export const PARAGRAPH = '00000000-0000-4000-8000-0000000000e1'

export const moderator = user('00000000-0000-4000-8000-000000000051')
export const coordinator = user('00000000-0000-4000-8000-000000000052')
export const auditor = user('00000000-0000-4000-8000-000000000053')
export const admin = user('00000000-0000-4000-8000-000000000054')
export const doorVolunteer = user('00000000-0000-4000-8000-000000000055')
export const stranger = user('00000000-0000-4000-8000-0000000000ff')

export const newSecret = () => randomBytes(16).toString('base64url')

/** Adds a member of staff with this role, signed in. */
export async function addStaff(
  db: TestDatabase,
  role: string,
  options: { active?: boolean; convocatoria?: string } = {},
) {
  const sub = randomUUID()
  await db.pool.query('insert into auth.users (id, email) values ($1, $2)', [sub, `${sub}@ejemplo.mx`])
  await openSessions(db.pool, [sub])
  await db.pool.query(
    'insert into app.staff (user_id, role, name, active, convocatoria_id) values ($1, $2, $3, $4, $5)',
    [sub, role, `${role} de prueba`, options.active ?? true, options.convocatoria ?? null],
  )
  return user(sub)
}

/** Fixes the instant that every rule of this database reads; null restores the real clock. */
export async function setClock(db: TestDatabase, at: string | null) {
  const body = at ? `select '${at}'::timestamptz` : 'select pg_catalog.now()'
  await db.pool.query(
    `create or replace function app.now() returns timestamptz language sql stable as $$ ${body} $$`,
  )
}

/** Shifts an instant in microseconds, which a JavaScript date cannot represent. */
export async function shift(db: TestDatabase, at: string, interval: string): Promise<string> {
  const { rows } = await db.pool.query<{ at: string }>(
    `select to_json($1::timestamptz + $2::interval) #>> '{}' as at`,
    [at, interval],
  )
  return rows[0]!.at
}

export async function propuesta(
  db: TestDatabase,
  change: Partial<PropuestaSubmission> = {},
): Promise<PropuestaSubmission> {
  const { rows } = await db.pool.query<{ hash: string }>('select hash from app.notices where id = $1', [
    NOTICE,
  ])
  return {
    convocatoria_id: OPEN,
    part_id: ACTION,
    helps: 'yes',
    body: 'Que las minutas se peguen en la entrada de la presidencia municipal.',
    sector: 'sociedad_civil',
    municipality: '15106',
    display_name: null,
    email: null,
    notice_id: NOTICE,
    notice_hash: rows[0]!.hash,
    locale: 'es-MX',
    consented_at: '2026-01-01T10:00:00-06:00',
    consents: [
      { key: 'political_opinions', granted: true },
      { key: 'publish', granted: true },
    ],
    ...change,
  }
}

export const op = (kind: OpKind, entity_id: string, payload: unknown, rest: Partial<Op> = {}): Op => ({
  op_id: randomUUID(),
  v: 1,
  kind,
  entity_id,
  payload,
  captured_at: '2026-01-01T10:00:00.000Z',
  ...rest,
})

/** Calls `apply_ops` with a raw request body. */
export const applyBody = (db: TestDatabase, actor: Actor, body: string) =>
  asActor(db, actor, async (client) => {
    const { rows } = await client.query<{ result: ApplyOpsAnswer }>('select public.apply_ops($1) as result', [
      body,
    ])
    return rows[0]!.result.verdicts
  })

export const apply = (db: TestDatabase, actor: Actor, ...ops: unknown[]) =>
  applyBody(db, actor, JSON.stringify({ ops }))

export async function applyOne(db: TestDatabase, actor: Actor, one: unknown): Promise<Verdict> {
  return (await apply(db, actor, one))[0]!
}

/**
 * Sends one op as a phone does: a lock that is held for a second answers `busy`, and the same op goes again.
 * Every other verdict is returned, and the tenth `busy` too.
 */
export async function sendOne(db: TestDatabase, actor: Actor, one: Op): Promise<Verdict> {
  for (let left = 9; ; left -= 1) {
    const verdict = await applyOne(db, actor, one)
    if (verdict.status !== 'retry' || verdict.code !== 'busy' || left === 0) return verdict
    await setTimeout(verdict.after_ms / 10)
  }
}

export interface Sent {
  id: string
  secret: string
  row: SubmissionRow<'propuestas'>
}

/** Submits a propuesta and returns it with its secret. */
export async function submit(db: TestDatabase, change: Partial<PropuestaSubmission> = {}): Promise<Sent> {
  const id = randomUUID()
  const secret = newSecret()
  const verdict = await sendOne(db, anon, op('propuesta.submit', id, await propuesta(db, change), { secret }))
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
  return { id, secret, row: verdict.row as Sent['row'] }
}

/** Decides on the current version. Throws unless the decision is applied. */
export async function decide(
  db: TestDatabase,
  actor: Actor,
  id: string,
  decision: string,
  rest: Record<string, unknown> = {},
) {
  const { rows } = await db.pool.query<{ version: number }>(
    'select version from app.submissions where id = $1',
    [id],
  )
  const payload = { decision, ...rest }
  const verdict = await sendOne(
    db,
    actor,
    op('review.decide', id, payload, { expected_version: rows[0]!.version }),
  )
  if (verdict.status !== 'applied') throw new Error(JSON.stringify(verdict))
  return verdict.row as StaffItem
}

export const openFolio = (db: TestDatabase, folio: string, secret: string) =>
  callAs(db, anon, 'open_folio', { p_folio: folio, p_secret: secret }) as Promise<SubmissionRow>

/** `PT404 submission_unknown`, `42501`, or `ok`: the outcome of a call as one comparable string. */
export const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: { code: string; message: string }) =>
      error.code.startsWith('PT') ? `${error.code} ${error.message}` : error.code,
  )
