/** Findings, groupings and answers for the tests of the analysis. */
import { randomUUID } from 'node:crypto'
import type { PropuestaSubmission } from '@/domain/propuesta'
import { type Actor, callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

interface Idea {
  id: string
  words: string | null
  finding_id: string | null
  quote: string | null
}
export interface Board {
  finished_at: string | null
  counts: { owed: number; grouped: number; answered: number; undecided: number }
  findings: {
    id: string
    title: string
    count: number
    version: number
    answer: { version: number; state: string } | null
  }[]
}

/** What an author reads of the analysis. */
export const analysisIn = (content: object) =>
  (
    content as {
      analysis?: {
        grouped: boolean
        twin?: true
        answers?: { outcome: string; idea?: string; title: string }[]
      }
    }
  ).analysis

const word = (verdict: { status: string; code?: string; field?: string }) =>
  [verdict.code ?? verdict.status, verdict.field].filter(Boolean).join(' ')

export const whole = (finding: string | null): Idea => ({
  id: randomUUID(),
  words: null,
  finding_id: finding,
  quote: null,
})
export const two = (first: string | null, second: string | null): Idea[] => [
  { id: randomUUID(), words: 'Una idea', finding_id: first, quote: null },
  { id: randomUUID(), words: 'Otra idea', finding_id: second, quote: null },
]

/** A published proposal. */
export async function published(
  db: TestDatabase,
  change: Partial<PropuestaSubmission> = {},
): Promise<fx.Sent> {
  const sent = await fx.submit(db, change)
  await fx.decide(db, fx.moderator, sent.id, 'accept_publish')
  return sent
}

/** Accepts what is undecided. */
export async function accept(db: TestDatabase, id: string) {
  const { rows } = await db.pool.query<{ state: string }>('select state from app.submissions where id = $1', [
    id,
  ])
  if (['received', 'in_review'].includes(rows[0]!.state)) await fx.decide(db, fx.moderator, id, 'accept')
}

export const sortOp = (id: string, expected_version: number, payload: { twin_of?: string; ideas: Idea[] }) =>
  fx.op('propuesta.sort', id, { twin_of: null, ...payload }, { expected_version })

/** Sorts the present version of a proposal. */
export async function sort(
  db: TestDatabase,
  actor: Actor,
  id: string,
  payload: { twin_of?: string; ideas: Idea[] },
) {
  const { rows } = await db.pool.query<{ version: number }>(
    'select version from app.sortings where submission_id = $1',
    [id],
  )
  return word(await fx.applyOne(db, actor, sortOp(id, rows[0]?.version ?? 0, payload)))
}

export const group = (db: TestDatabase, actor: Actor, id: string, finding: string | null) =>
  sort(db, actor, id, { ideas: [whole(finding)] })

export async function saveFinding(db: TestDatabase, actor: Actor, id: string, payload: object) {
  const { rows } = await db.pool.query<{ version: number }>(
    'select version from app.findings where id = $1',
    [id],
  )
  const change = { convocatoria_id: fx.OPEN, words: '', codes: [], notes: '', ...payload }
  return word(
    await fx.applyOne(
      db,
      actor,
      fx.op('finding.save', id, change, { expected_version: rows[0]?.version ?? 0 }),
    ),
  )
}

export async function finding(db: TestDatabase, title: string): Promise<string> {
  const id = randomUUID()
  if ((await saveFinding(db, fx.moderator, id, { title })) !== 'applied') throw new Error(title)
  return id
}

const answerOf = async (db: TestDatabase, id: string) =>
  (
    await db.pool.query<{ version: number; state: string }>(
      'select version, state from app.finding_answers where finding_id = $1',
      [id],
    )
  ).rows[0]

export const answerState = async (db: TestDatabase, id: string) => (await answerOf(db, id))?.state

export async function draft(db: TestDatabase, actor: Actor, id: string, change: object = {}) {
  const payload = {
    outcome: 'partly',
    reasons: 'Se hará con la comunidad, primero en tres municipios.',
    area: 'Dirección de Gobierno Abierto',
    due_on: '2027-03-31',
    ...change,
  }
  const expected_version = (await answerOf(db, id))?.version ?? 0
  return word(await fx.applyOne(db, actor, fx.op('finding.answer', id, payload, { expected_version })))
}

export async function review(db: TestDatabase, actor: Actor, id: string, approved = true, reason?: string) {
  const version = (await answerOf(db, id))?.version ?? 0
  return fx.outcome(
    callAs(db, actor, 'review_answer', {
      p_finding: id,
      p_version: version,
      p_approved: approved,
      p_reason: reason,
    }),
  )
}

const today = async (db: TestDatabase) =>
  (await db.pool.query<{ day: string }>('select app.local_day(app.now())::text as day')).rows[0]!.day

export const plan = async (db: TestDatabase, actor: Actor) =>
  fx.outcome(callAs(db, actor, 'plan_answers', { p_convocatoria: fx.OPEN, p_day: await today(db) }))

/** Drafts, approves and publishes the answer of a finding. */
export async function publishAnswer(db: TestDatabase, approver: Actor, id: string) {
  await draft(db, fx.moderator, id)
  await review(db, approver, id)
  await plan(db, fx.coordinator)
  await callAs(db, service, 'run_due_jobs')
}

/** A published proposal in a finding whose answer was published. */
export async function answered(db: TestDatabase, approver: Actor) {
  const sent = await published(db)
  const id = await finding(db, `Hallazgo ${randomUUID()}`)
  await group(db, fx.moderator, sent.id, id)
  await publishAnswer(db, approver, id)
  return { sent, finding: id }
}
