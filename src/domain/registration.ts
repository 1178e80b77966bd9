/** The registration of a person of a public body for days of a series of jornadas, on the wire. */
import type { Consent } from './propuesta'

export interface Jornada {
  id: string
  group_id: string
  position: number
  title: string
  speaker: string
  on_day: string | null // null: «fecha por confirmar»
  starts_at: string | null
  ends_at: string | null
  place: string | null
  modality: 'presencial' | 'virtual' | null
  capacity: number | null
  seats_left: number | null
  sample: boolean
  sequence: number // grows when the day is rescheduled
}

/** `details` of a convocatoria of kind jornadas. A class in no group cannot register yet. */
export interface JornadaDetails {
  groups: { id: string; name: string; class_keys: string[] }[]
  jornadas: Jornada[]
}

export interface Seat {
  jornada_id: string
  status: 'confirmed' | 'waiting' | 'offered' | 'cancelled' | 'attended'
  place: number | null // in the waiting list, from 1
  offer_until: string | null
  pass_code: string | null // its author only, once there is a seat
}

export interface RegistrationContent {
  body_id: string
  body_name: string
  post: string
  accessibility: boolean // whether a need was told; not which
  seats: Seat[]
}

/** A line of a day's list at the door. `pass_hash` is the SHA-256, in hexadecimal, of the pass; null: none. */
export interface DoorLine {
  submission_id: string
  folio: string
  name: string
  body: string
  status: Exclude<Seat['status'], 'cancelled'>
  pass_hash: string | null
  checked_in_at: string | null
  version: number
}

/** The answer of `door_list`. */
export interface DoorList {
  jornada: Jornada
  items: DoorLine[]
}

/** One of `jornada_days`, and the row of `jornada.reschedule`. */
export interface JornadaDay extends Jornada {
  convocatoria_id: string
  convocatoria_title: string
  group_name: string
  counts: Record<Exclude<Seat['status'], 'cancelled'>, number>
}

/** The answer of `list_bodies`. */
export interface Registry {
  classes: { key: string; name: string }[]
  items: SujetoObligado[]
}

export interface SujetoObligado {
  id: string
  name: string
  acronym: string | null
  class_key: string
  municipality: string | null // key of INEGI
}

/** What `registration.submit` carries. A need (`accessibility`) asks for its own consent. */
export interface RegistrationSubmission {
  convocatoria_id: string
  body_id: string
  jornada_ids: string[]
  display_name: string
  post: string
  email: string
  accessibility: string | null
  notice_id: string
  notice_hash: string
  locale: string
  consented_at: string
  consents: Consent[]
}

/** What staff see of a registration: the need itself, and no pass. */
export interface StaffRegistrationContent extends RegistrationContent {
  need: string | null
}
