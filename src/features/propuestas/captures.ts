/** The wire of what staff hand in for somebody: `propuesta.enter`. */
import type { PropuestaSubmission } from '@/domain/propuesta'

/** `paper`: copied from a sheet. `brigade`: its author accepted on the phone that a promoter handed over. */
export type CaptureChannel = 'paper' | 'brigade'

export interface EnteredPropuesta extends PropuestaSubmission {
  channel: CaptureChannel
  /** Made where it was captured; the same in every copy of it, so that all of them become one propuesta. */
  capture_id: string
  /** SHA-256 of the private link's key, in hexadecimal; null for a person who took no link. */
  secret_hash: string | null
  /** Who captured it. */
  noted_by: string
}

/** What the sender learns of a capture that the server has. */
export interface CapturedRow {
  id: string
  version: number
  folio: string
}
