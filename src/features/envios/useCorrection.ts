/** The answers of a correction: saved on this phone while they are written, and sent once. */
import type { CorrectionForm } from '@/campaign/form/correction'
import type { Stored } from '@/campaign/form/answers'
import { useAnswers } from '@/campaign/form/useAnswers'
import type { BesidePlace } from '@/data/besidePlace'
import { useOthers } from '@/data/useOthers'
import type { Convocatoria, SubmissionRow } from '@/domain/rows'
import { enqueue } from '@/sync/enqueue'

/** What the form opens with. `kept`: what `place` had; undefined when it had nothing. */
export interface CorrectionStart {
  initial: object
  place: BesidePlace<Stored>
  kept: Stored | undefined
}

/** `row` is the version that the person sees. If the server has a newer one, it answers with a conflict. */
export function useCorrection(
  form: CorrectionForm,
  row: SubmissionRow,
  secret: string,
  { initial, place, kept }: CorrectionStart,
) {
  const draft = useAnswers(initial, place, kept, (stored) => form.read(stored))

  /** Resolves when one transaction has stored the op in the outbox and deleted the draft. */
  async function send(convocatoria: Convocatoria | undefined): Promise<void> {
    await draft.flush()
    const payload = form.toPayload(draft.answers.value, convocatoria)
    const op = { kind: form.op, entity_id: row.id, payload, secret, expected_version: row.version }
    await enqueue(op, place.drop)
    draft.close()
  }
  return { ...draft, ...useOthers(place, draft.form, draft.text), send }
}
