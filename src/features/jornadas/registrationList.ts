/** The wire of `list_registrations`, the staff's list. */
import type { MailTrouble, QueueItem } from '@/domain/staffRows'
import type { SubmissionState } from '@/domain/states'
import type { JornadaDay, Seat } from './registration'

/** A line of `list_registrations`: a registration with the seat of each of its days. */
export interface RegistrationLine {
  id: string
  folio: string
  version: number
  state: SubmissionState
  received_at: string
  convocatoria_id: string
  display_name: string | null // null once erased
  mail_trouble: MailTrouble | null
  post: string
  body_name: string
  confirmed_at?: string | null // null: nobody confirmed the person; absent in answers of before
  seats: Seat[]
}

/** A page of `list_registrations`. `days`: every day that the member reads, on the first page. */
export interface RegistrationPage {
  items: RegistrationLine[]
  next: string | null
  days?: JornadaDay[]
}

/** A page of `list_set_apart`. `bodies`: how many registrations of each body wait, the most first. */
export interface SetApartPage {
  items: (QueueItem & { display_name: string | null; has_email: boolean })[]
  next: string | null
  bodies: { id: string; name: string; count: number }[]
}
