/**
 * The change being written. Its draft has the submission's own id: a draft beside an item is a correction,
 * shown with its submission and never among the drafts of the form.
 */
import { createDraft, forgetDraft, getDraft, saveAnswers, type Draft } from '@/data/drafts'
import type { SubmissionRow } from '@/domain/rows'

const STEP = 'corregir'

/** The change being written on this phone, or a refused one taken back; undefined when there is none. */
export const readCorrection = async (submissionId: string): Promise<Draft['answers'] | undefined> =>
  (await getDraft(submissionId))?.answers

/** Writes the change to disk. Faults: `storage_full`, `storage_failed`. */
export async function keepCorrection(row: SubmissionRow, answers: object): Promise<void> {
  if (await saveAnswers(row.id, answers, STEP)) return
  await createDraft({ id: row.convocatoria_id, kind: row.kind, title: row.convocatoria_title }, row.id)
  await saveAnswers(row.id, answers, STEP)
}

/** Forgets the change being written: it was enqueued, or its submission left this phone. */
export const discardCorrection = (submissionId: string): Promise<void> => forgetDraft(submissionId)
