/**
 * The draft of a correction. It has the id of its submission. So a draft with the id of an item is a correction, which
 * is shown with its submission and not among the drafts.
 */
import { createDraft, forgetDraft, getDraft, saveAnswers, type Draft } from '@/data/drafts'
import type { SubmissionRow } from '@/domain/rows'

const STEP = 'corregir'

/** The answers of a correction that is being written, or of a refused one that was reopened; undefined without one. */
export const readCorrection = async (submissionId: string): Promise<Draft['answers'] | undefined> =>
  (await getDraft(submissionId))?.answers

/** Stores the correction. Faults: `storage_full`, `storage_failed`. */
export async function saveCorrection(row: SubmissionRow, answers: object): Promise<void> {
  if (await saveAnswers(row.id, answers, STEP)) return
  await createDraft({ id: row.convocatoria_id, kind: row.kind, title: row.convocatoria_title }, row.id)
  await saveAnswers(row.id, answers, STEP)
}

/** Deletes the draft, because it was sent or its submission was removed from this phone. */
export const discardCorrection = (submissionId: string): Promise<void> => forgetDraft(submissionId)
