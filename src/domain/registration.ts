/** The registration of a person of a public body for days of a series of jornadas, on the wire. */

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
