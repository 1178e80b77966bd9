/** The answers of a correction: saved on this phone while they are written, and sent once. */
import type { CorrectionForm } from '@/campaign/form/correction'
import { useAnswers } from '@/campaign/form/useAnswers'
import type { Convocatoria, SubmissionRow } from '@/domain/rows'
import { enqueue } from '@/sync/enqueue'
import { discardCorrection, saveCorrection } from './correctionDraft'

/** `row` is the version that the person sees. If the server has a newer one, it answers with a conflict. */
export function useCorrection(form: CorrectionForm, row: SubmissionRow, secret: string, initial: object) {
  const draft = useAnswers(initial, (answers) => saveCorrection(row, answers))

  /** Resolves when one transaction has stored the op in the outbox and deleted the draft. */
  async function send(convocatoria: Convocatoria | undefined): Promise<void> {
    await draft.flush()
    const payload = form.toPayload(draft.answers.value, convocatoria)
    await enqueue({ kind: form.op, entity_id: row.id, payload, secret, expected_version: row.version }, () =>
      discardCorrection(row.id),
    )
    draft.close()
  }
  return { ...draft, send }
}
