/**
 * The change being written. Its draft has the submission's own id: a draft beside an item is a correction,
 * shown with its submission and never among the drafts of the form.
 */
import { createDraft, forgetDraft, getDraft, saveAnswers } from '@/data/drafts'
import { HELPS, refuseBody, refuseHelps, type Helps } from '@/domain/propuesta'
import type { Refusal } from '@/domain/refusals'
import type { Part, SubmissionRow } from '@/domain/rows'
import type { Correction } from './sent'

/** The choice «lo que falta». */
export const MISSING = 'missing'
const STEP = 'corregir'

/** Answers of the correction's page: `about` is a part's id, MISSING, or null until chosen. */
export interface CorrectionAnswers {
  about: string | null
  helps: Helps | null
  body: string
}

/** What was sent, as answers. */
export const toAnswers = ({ part_id, helps, body }: Correction): CorrectionAnswers => ({
  about: part_id ?? MISSING,
  helps,
  body,
})

/** Answers as they are sent; `helps` only speaks of an action. */
export const toCorrection = (
  { about, helps, body }: CorrectionAnswers,
  part: Part | undefined,
): Correction => ({
  part_id: about === MISSING ? null : about,
  helps: part?.kind === 'action' ? helps : null,
  body,
})

/** Answers out of a draft of this page or of a refused correction; undefined when it holds none. */
export function readAnswers(kept: Record<string, unknown>): CorrectionAnswers | undefined {
  if (typeof kept.body !== 'string') return undefined
  const part = 'part_id' in kept ? (kept.part_id ?? MISSING) : kept.about
  return {
    about: typeof part === 'string' ? part : null,
    helps: HELPS.find((key) => key === kept.helps) ?? null,
    body: kept.body,
  }
}

export type CorrectionField = 'about' | 'helps' | 'body'
export interface CorrectionProblem {
  field: CorrectionField
  code: Refusal | 'about_required'
}

/** Why the change cannot be sent yet, in the order of the page. Hints: the server decides. */
export function findProblems(answers: CorrectionAnswers, parts: readonly Part[]): CorrectionProblem[] {
  const part = parts.find((candidate) => candidate.id === answers.about)
  const body = refuseBody(answers.body)
  const helps = part?.kind === 'action' ? refuseHelps(answers.helps, 'action') : null
  const problems: CorrectionProblem[] = []
  if (answers.about === null) problems.push({ field: 'about', code: 'about_required' })
  else if (!part && answers.about !== MISSING) problems.push({ field: 'about', code: 'part_unknown' })
  if (helps) problems.push({ field: 'helps', code: helps })
  if (body) problems.push({ field: 'body', code: body })
  return problems
}

/** The change being written on this phone, or undefined. */
export async function readCorrection(submissionId: string): Promise<CorrectionAnswers | undefined> {
  const draft = await getDraft(submissionId)
  return draft && readAnswers(draft.answers)
}

/** Writes the change to disk. Faults: `storage_full`, `storage_failed`. */
export async function keepCorrection(row: SubmissionRow, answers: CorrectionAnswers): Promise<void> {
  if (await saveAnswers(row.id, answers, STEP)) return
  await createDraft({ id: row.convocatoria_id, kind: row.kind, title: row.convocatoria_title }, row.id)
  await saveAnswers(row.id, answers, STEP)
}

/** Forgets the change being written: it was enqueued, or its submission left this phone. */
export const discardCorrection = (submissionId: string): Promise<void> => forgetDraft(submissionId)
