/** Those under 18 who send a video, and what their guardian says (app.minors). */

export type Relationship = 'madre' | 'padre' | 'tutor' | 'otra'

/** What a phone says of a person under 18. `contact`: an address or a telephone of the guardian. */
export interface MinorSubmission {
  assent: boolean
  guardian: { name: string; relationship: Relationship; contact: string }
}

/** What the guardian said. `expired`: her link asked in vain until its end. */
export type Authorisation = 'waiting' | 'authorised' | 'refused' | 'withdrawn' | 'expired'

/** What staff read of a minor's video; name and contact of the guardian come with `guardian_contact`. */
export interface MinorReport {
  authorisation: Authorisation
  relationship: Relationship
  reach: 'email' | 'phone'
  expires_at: string | null
  answered_at: string | null
  by_link: boolean
  name_allowed: boolean
  /** The first one says how and when the guardian was asked. `mine`: of the member who reads it. */
  checks: { name: string | null; at: string; how: AskedBy | null; on_day: string | null; mine: boolean }[]
}
/** Whom to ask, for staff who decide. Nulls once it was deleted. */
export interface GuardianContact {
  name: string | null
  email: string | null
  phone: string | null
}
export type AskedBy = 'link' | 'telephone' | 'in_person' | 'letter'

/** What a guardian reads by her link. */
export interface GuardianPage {
  state: Authorisation
  folio: string
  campaign: string
  slug: string
  nickname: string | null
  relationship: Relationship
  title: string
  summary: string
  transcript: string | null
  medium: string
  licence_until: string | null
  duration_ms: number
  bytes: number
  stored: boolean // the server has the file
  expires_at: string
  name_allowed: boolean
  is_public: boolean
}

/** What a phone says of the age where it was asked; of version 1 of `video.submit` nothing. */
export interface AgeSubmission {
  adult?: true
  minor?: MinorSubmission
}
