/** What a person sent, as its status page is given it: from the server's row or the op that still waits. */
import type { PendingOp } from '@/data/submissions'

export interface Sent<Content = unknown> {
  /** The submission. */
  id: string
  kind: string
  convocatoria_id: string
  convocatoria_title: string
  content: Content
  display_name: string | null
  has_email: boolean
  received_at: string | null
  folio: string | null
  /** What of it waits on this phone; null on a phone that only looks at it. */
  pending: readonly PendingOp[] | null
}
