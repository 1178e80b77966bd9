/** The correction's answers: kept on this phone while they are written, and sent once. */
import type { CorrectionForm } from '@/campaign/form/correction'
import { useAnswers } from '@/campaign/form/useAnswers'
import type { Convocatoria, SubmissionRow } from '@/domain/rows'
import { enqueue } from '@/sync/enqueue'
import { discardCorrection, keepCorrection } from './correctionDraft'

/** `row` is the version the person was shown: if the server's moved on, that is a conflict for them to solve. */
export function useCorrection(form: CorrectionForm, row: SubmissionRow, secret: string, initial: object) {
  const draft = useAnswers(initial, (answers) => keepCorrection(row, answers))

  /** Resolves when the change is durable in the outbox and its draft is gone, in one transaction. */
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
