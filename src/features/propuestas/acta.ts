/** The acta of a mesa and its comments, as the server answers them. */

/** How whoever comments takes part: came to the mesa, registered for it, or wrote in the consultation. */
export type Standing = 'came' | 'registered' | 'wrote'

export interface PublicActa {
  /** What people comment on. */
  body: string
  opened_at: string
  /** The first instant that is late. */
  comments_until: string
  /** From here on nothing is received. */
  received_until: string
  /** Canonical JSON (RFC 8785) of ClosedActa, and the SHA-256 of its bytes; null until it is closed. */
  final: string | null
  hash: string | null
  closed_at: string | null
  comments: { id: string; body: string; standing: Standing; at: string }[]
}

export interface ClosedActa {
  body: string
  closed_at: string
}

export interface OwnComment {
  /** The consultation of the mesa. */
  convocatoria_id: string
  title: string
  at: string
  state: 'received' | 'published' | 'kept_back'
  /** Why it was kept back. */
  reason: string | null
  body: string
}

export interface DeskComment {
  id: string
  version: number
  body: string
  standing: Standing
  at: string
  state: OwnComment['state']
  reason: string | null
  decided_by: string | null
}

export interface ActaDesk {
  id: string
  slug: string
  title: string
  now: string
  can_edit: boolean
  can_settle: boolean
  /** When the mesa was published; null: there is no acta without it. */
  mesa: string | null
  /** 0 before the first saving. */
  version: number
  body: string
  saved_at: string | null
  saved_by: string | null
  opened_at: string | null
  comments_until: string | null
  received_until: string | null
  hash: string | null
  closed_at: string | null
  closed_by: string | null
  comments: DeskComment[]
}
