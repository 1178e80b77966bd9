/** A sent submission for its status page, from the server's row or the pending op. */
import type { PendingOp } from '@/data/submissions'
import type { MailState } from '@/domain/email'
import type { SubmissionState } from '@/domain/states'

export interface Sent<Content = unknown> {
  /** The submission's id. */
  id: string
  kind: string
  convocatoria_id: string
  convocatoria_title: string
  content: Content
  display_name: string | null
  has_email: boolean
  mail?: MailState
  received_at: string | null
  state?: SubmissionState // absent before the server has the submission
  folio: string | null
  contact_erased_at?: string | undefined
  content_erased_at?: string | undefined
  /** The pending ops on this phone; null on a phone that only views the submission. */
  pending: readonly PendingOp[] | null
}
