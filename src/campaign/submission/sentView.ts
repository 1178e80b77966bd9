/** What a person sent, from wherever this phone knows it: the server's row or the op that still waits. */
import type { Sent } from './sent'
import type { SubmissionView } from '@/data/submissions'
import { isSubmit, opTraits } from '@/domain/ops'
import type { PropuestaSubmission } from '@/domain/propuesta'
import type { SubmissionRow } from '@/domain/rows'

/** What the correction that waits or was stopped on this phone changes, or undefined. */
export const pendingCorrection = (view: Pick<SubmissionView, 'pending'>): object | undefined =>
  view.pending.findLast((op) => opTraits(op.kind).corrects)?.payload as object | undefined

/** What a row tells, on a phone that keeps nothing of it. */
export const sentFromRow = (row: SubmissionRow): Sent => ({ ...row, pending: null })

/** What every `*.submit` carries beside its content. */
type Payload = Pick<PropuestaSubmission, 'convocatoria_id' | 'display_name' | 'email'>

/** What is shown as sent. A correction counts from when it is on its way, not when the server stopped it. */
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
