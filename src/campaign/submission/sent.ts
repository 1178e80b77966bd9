/** What a person sent, as its status page is given it: from the server's row or the op that still waits. */

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
}
