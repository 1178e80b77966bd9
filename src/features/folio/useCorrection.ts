/** The correction's answers: kept on this phone while they are written, and sent once. */
import { useAutosave } from '@/campaign/useAutosave'
import type { Part, SubmissionRow } from '@/domain/rows'
import { enqueue } from '@/sync/enqueue'
import { discardCorrection, keepCorrection, toCorrection, type CorrectionAnswers } from './correctionDraft'

/** `row` is the version the person was shown: if the server's moved on, that is a conflict for them to solve. */
export function useCorrection(row: SubmissionRow, secret: string, initial: CorrectionAnswers) {
  const draft = useAutosave(initial, (answers) => keepCorrection(row, answers))

  /** Resolves when the change is durable in the outbox and its draft is gone, in one transaction. */
  async function send(part: Part | undefined): Promise<void> {
    await draft.flush()
    const payload = toCorrection(draft.answers.value, part)
    await enqueue(
      {
        kind: 'propuesta.correct',
        entity_id: row.id,
        payload,
        secret,
        expected_version: row.version,
      },
      () => discardCorrection(row.id),
    )
    draft.close()
  }
  return { ...draft, send }
}
