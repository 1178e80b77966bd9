/** An item of `recover_links`. */
export interface RecoveredLink {
  id: string
  folio: string
  secret: string
  convocatoria_title: string
  received_at: string
}
