/** Shared fixtures of the tests of findings' results: answered findings, and an edition written as the function does. */
import { randomUUID } from 'node:crypto'
import type { EditionFile, EditionWork } from '../../supabase/functions/open-data/handler'
import { callAs, service, type TestDatabase } from '../support/database'
import * as fx from './fixtures'

/** After the grace of the open consultation. */
export const CLOSED = '2100-01-10T18:00:00Z'

/** A finding with these propuestas, whose answer is published. */
export async function answeredFinding(
  db: TestDatabase,
  title: string,
  members: readonly string[] = [],
  outcome = 'accepted',
): Promise<string> {
  const id = randomUUID()
  await db.pool.query(
    `insert into app.findings (id, convocatoria_id, title, position, created_by) values ($1, $2, $3, 1, $4)`,
    [id, fx.OPEN, title, fx.coordinator.sub],
  )
  await db.pool.query(
    `insert into app.published_answers (finding_id, version, title, words, codes, outcome, reasons, area, published_by)
     values ($1, 1, $2, 'Lo que dicen.', '{}', $3, 'Porque se puede.', 'Difusión', $4)`,
    [id, title, outcome, fx.coordinator.sub],
  )
  for (const member of members) {
    await db.pool.query('insert into app.sortings (submission_id) values ($1) on conflict do nothing', [
      member,
    ])
    await db.pool.query(
      `insert into app.ideas (id, submission_id, position, finding_id)
       values ($1, $2, (select count(*) from app.ideas where submission_id = $2), $3)`,
      [randomUUID(), member, id],
    )
  }
  return id
}

/** A published propuesta. */
export async function published(db: TestDatabase, change: Parameters<typeof fx.submit>[1] = {}) {
  const sent = await fx.submit(db, change)
  await fx.decide(db, fx.moderator, sent.id, 'accept', { message: 'Gracias.' })
  await fx.decide(db, fx.moderator, sent.id, 'publish')
  return sent
}

export const take = (db: TestDatabase) =>
  callAs(db, service, 'take_edition_work', {}) as Promise<EditionWork | null>

export const settle = (
  db: TestDatabase,
  { convocatoria, number, work, page }: EditionWork,
  files: EditionFile[],
  error: string | null = null,
) =>
  callAs(db, service, 'settle_edition_work', {
    p_convocatoria: convocatoria,
    p_number: number,
    p_work: work,
    p_page: page,
    p_files: JSON.stringify(files),
    p_error: error,
  })

/** Takes every step that is due, and answers what each had. */
export async function writeEdition(db: TestDatabase): Promise<EditionWork[]> {
  const steps: EditionWork[] = []
  for (let step = await take(db); step; step = await take(db)) {
    steps.push(step)
    await settle(db, step, [{ name: `${step.work}-${step.page}`, bytes: 1, sha256: 'x', rows: 0 }])
  }
  return steps
}
