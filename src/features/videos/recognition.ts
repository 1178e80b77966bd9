/** Recognitions of people and bodies, as the functions of the database answer them. */

export type Holder = 'person' | 'body'
/** How a person agreed to be named; `app`: with the consents of their video. */
export type NameConsent = 'app' | 'in_person' | 'telephone' | 'letter'

export interface Recognition {
  id: string
  holder: Holder
  name: string
  work: string
  links: string[]
  folio: string | null // of the published video, where it came through the campaign
  consent: NameConsent | null
  granted_at: string
  granted_by: string | null
  serial: string
  ended_on: string | null
  revoked_by: string | null
  revoke_reason: string | null
  code: string | null // what stands behind the # of its verification page; null until it is signed
}

export interface RecognitionDesk {
  id: string
  title: string
  can_grant: boolean
  items: Recognition[]
}
