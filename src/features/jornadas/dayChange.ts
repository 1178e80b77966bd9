/** The types of announced changes of a day, on the wire. */

/** What can be announced of a day, apart from its cancellation and its link. */
export interface DayFields {
  speaker: string
  speaker_post?: string | null // absent in rows that a phone read before the studio wrote it, as are the next two
  address?: string | null
  accessibility?: string | null
  on_day: string | null // null: «fecha por confirmar»
  starts_at: string | null
  ends_at: string | null
  place: string | null
  modality: 'presencial' | 'virtual' | null
  capacity: number | null
  online_capacity?: number | null // absent of a day in one modality
}

/** A change of a day as everybody reads it. `before` and `after` hold the fields that differ; null for an added day. */
export interface DayChange {
  jornada_id: string
  sequence: number
  at: string
  kind: 'added' | 'changed' | 'cancelled' | 'restored'
  reason: string | null
  before: Partial<DayFields> | null
  after: Partial<DayFields> | null
  link_changed: boolean
}

/** The answer of `preview_day_change`: the letters that a change will send, and how many people it gives a seat. */
export interface DayChangePreview {
  sequence: number // of the day that was read
  promoted: number
  letters: {
    subject: string
    body: string
    /** `following`: have no seat and asked to be told the date. */
    people: { confirmed: number; offered: number; waiting: number; following: number }
  }[]
}
