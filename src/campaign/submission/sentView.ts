/** Builds the sent submission from the server's row or the pending op. */
import type { Sent } from './sent'
import type { SubmissionView } from '@/data/submissions'
import { isSubmit, opTraits } from '@/domain/ops'
import type { PropuestaSubmission } from '@/domain/propuesta'
import type { SubmissionRow } from '@/domain/rows'

/** The payload of the last correction in this phone's outbox, refused or not; undefined without one. */
export const pendingCorrection = (view: Pick<SubmissionView, 'pending'>): object | undefined =>
  view.pending.findLast((op) => opTraits(op.kind).corrects)?.payload as object | undefined

/** The sent submission from the server's row alone, on a phone that does not keep the submission. */
export const sentFromRow = (row: SubmissionRow): Sent => ({ ...row, pending: null })

/** The part of a `*.submit` payload that all kinds share. */
type Payload = Pick<PropuestaSubmission, 'convocatoria_id' | 'display_name' | 'email'>

/** The sent submission with a pending correction, not a refused one; null without a row and a submit op. */
export function sentOf(view: SubmissionView): Sent | null {
  const correction = view.refusal ? undefined : pendingCorrection(view)
  if (view.row) {
    const sent = { ...sentFromRow(view.row), pending: view.pending }
    return correction ? { ...sent, content: { ...view.row.content, ...correction } } : sent
  }
  const submit = view.pending.find(isSubmit)
  if (!submit) return null
  const payload = submit.payload as Payload
  return {
    id: view.id,
    kind: view.kind,
    convocatoria_id: payload.convocatoria_id,
    convocatoria_title: view.convocatoria_title,
    content: payload,
    display_name: payload.display_name,
    has_email: payload.email !== null,
    received_at: null,
    folio: view.folio,
    pending: view.pending,
  }
}
