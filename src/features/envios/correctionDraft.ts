/**
 * The draft of a correction. It has the id of its submission. So a draft with the id of an item is a correction, which
 * is shown with its submission and not among the drafts.
 */
import { type BesidePlace, createBesidePlace } from '@/data/besidePlace'
import { db } from '@/data/db'
import { createDraft, forgetDraft, getDraft, saveAnswers, type Draft } from '@/data/drafts'
import { asStorage } from '@/data/storageFault'
import type { SubmissionRow } from '@/domain/rows'

const STEP = 'corregir'

const nameOf = (submissionId: string) => `correction:${submissionId}`

type Written = Draft['answers']

/**
 * The place of a correction that is being written, or of a refused one that was reopened. Only writing needs `row`, the
 * submission.
 */
export const correctionPlace = (submissionId: string, row: () => SubmissionRow): BesidePlace<Written> =>
  createBesidePlace<Written>(nameOf(submissionId), {
    tables: [db.drafts],
    read: async () => (await getDraft(submissionId))?.answers,
    async write(answers) {
      if (await saveAnswers(submissionId, answers, STEP)) return
      const { convocatoria_id, kind, convocatoria_title } = row()
      await createDraft({ id: convocatoria_id, kind, title: convocatoria_title }, submissionId)
      await saveAnswers(submissionId, answers, STEP)
    },
    drop: () => forgetDraft(submissionId),
  })

/** Deletes every correction of a submission that was removed from this phone. Faults: `storage_full`, `storage_failed`. */
export const dropCorrections = (submissionId: string): Promise<void> =>
  asStorage(() =>
    db.transaction('rw', db.drafts, db.meta, async () => {
      await db.drafts.delete(submissionId)
      await db.meta
        .where('key')
        .startsWith(`${nameOf(submissionId)}~`)
        .delete()
    }),
  )
