/**
 * The registration of a person of a public body for days of a series of jornadas: the types of its wire, and hints for
 * its form. Each `refuse…` returns the code that SQL would raise, or null. The server decides, by its own clock.
 */
import { endOfDay } from '@/domain/centralTime'
import { refuseEmail } from '@/domain/email'
import type { Refusal } from '@/domain/refusals'
import { canon, tidied, visibleLength } from '@/domain/canon'
import type { ConstanciaRule, IssuedConstancia } from './constancia'
import type { DayChange, DayFields } from './dayChange'
import type { RegistrationRules } from './rules'
import type { Survey } from './surveyWire'

export interface Jornada extends DayFields {
  id: string
  group_id: string
  position: number
  title: string
  seats_left: number | null
  /** The seats online of a day in both modalities, whose other figures are those of its place. Absent on any other day. */
  online?: { capacity: number | null; seats_left: number | null }
  sample: boolean
  sequence: number // grows with each announced change
  cancelled_at?: string | null // when the institution called it off; absent in rows of before, as is the next one
  cancel_reason?: string | null
}

/** `details` of a convocatoria of kind jornadas. Bodies of a class without a group cannot register. */
export interface JornadaDetails {
  groups: { id: string; name: string; class_keys: string[] }[]
  jornadas: Jornada[]
  changes?: DayChange[] // the newest first; absent in rows of before
  constancia?: ConstanciaRule // absent where the campaign issues none
  rules?: RegistrationRules // absent where the campaign asks nothing more than seats
  survey?: Survey // absent where it asks nothing after a day
}

export interface Seat {
  jornada_id: string
  status: 'confirmed' | 'waiting' | 'offered' | 'cancelled' | 'attended'
  place: number | null // in the waiting list, from 1
  offer_until: string | null
  pending?: true // held until the institution approves the person
  over_limit?: true // the body has as many people on the day as the campaign takes
  keep_until?: string // «¿Sigue viniendo?»: to be answered until then
  substituted?: true // somebody else of the body attends instead
  online?: true // of the seats online of a day in both modalities
  pass_code: string | null // its author only, once there is a seat
  pass_signed?: string // the pass as it was signed, in hexadecimal; absent until then
  link?: string | null // of an online session: its author only, once there is a seat
  called_off?: boolean // the institution cancelled the day; absent in rows of before, as is the next one
  moved_to?: string | null // the day that was taken instead
  held_until?: string // an unconfirmed person keeps the seat until then; later only while nobody waits
  lapsed?: true // a seat was lost like that: it waits behind everybody who lost none
  set_apart?: true // it waits for staff before it gets a seat or a place in the line
  surveyed?: true // its author answered the survey of the day: its author only
  repeats?: string // for staff: the folio with which the same person is registered for the day
}

export interface RegistrationContent {
  body_id: string
  body_name: string
  post: string
  accessibility: boolean // whether there is a need; staff see which one
  seats: Seat[]
  group?: GroupMember[] // whom the person registered too; absent without any
  constancia?: IssuedConstancia // the last one; absent until one was issued
  reminders?: Reminder[] // what was chosen; absent in rows of before
  calendar?: string // what the key of the calendar's address is made of; absent without one
}

/** Somebody of a group as the person who registered them reads it. */
export interface GroupMember {
  folio: string
  display_name: string | null
  post: string
  seats: Seat[]
}

/** Before a day with a seat, or when a day of the group gets its date. */
export type Reminder = 'week' | 'day' | 'hour' | 'dates'

/** A line of a day's list at the door. `pass_hash` is the SHA-256 of the pass in hexadecimal; null without a pass. */
export interface DoorLine {
  submission_id: string
  folio: string
  name: string
  body: string
  status: Exclude<Seat['status'], 'cancelled'>
  pass_hash: string | null
  checked_in_at: string | null
  version: number
  /** Passes of other registrations of the same person, which open this line. Absent without any. */
  also?: { folio: string; pass_hash: string }[]
  left_at?: string // absent while inside; absent in rows of before, as are the next four
  walk_in?: true // registered at the door
  online?: true // a seat online of a day in both modalities
  pending?: true // held until the institution approves the person; `status` is waiting
  clash?: NotedArrival[] // what several phones noted, the one that counts first; absent where they agree
}

export interface NotedArrival {
  at: string
  by?: string
  door?: string
  folio?: string // of another registration of the same person
}

/** The answer of `door_list`, and the list as a phone keeps it, which has no `next`. */
export interface DoorList {
  jornada: Jornada
  items: DoorLine[]
  next?: number | null // where the next page begins; null on the last one
  token?: string // on the first page: another text after each change; absent in lists of before
  unchanged?: true // the caller named the token: the list is as it was, and `items` is empty
}

/** An item of `jornada_days`, and the verdict row of `jornada.reschedule`. */
export interface JornadaDay extends Jornada {
  convocatoria_id: string
  convocatoria_title: string
  group_name: string
  /** `called_off`: people whose seat a cancellation took; `moved`: those of them who took another day. */
  counts: Record<Exclude<Seat['status'], 'cancelled'>, number> &
    Partial<Record<'pending' | 'called_off' | 'moved', number>>
  link?: string | null // for those who may change the day; absent in rows of before
  online_capacity?: number // of a day in both modalities
}

/** The registry as a phone has it, and an answer of `list_bodies`. */
export interface Registry {
  classes: { key: string; name: string }[]
  items: SujetoObligado[]
  parts?: string[] // each a `p_within` to ask for; only of a registry too large for one answer, which then has no items
}

export interface SujetoObligado {
  id: string
  name: string
  acronym: string | null
  class_key: string
  municipality: string | null // key of INEGI
}

/** What staff see of a registration: the need, but no pass. */
export interface StaffRegistrationContent extends RegistrationContent {
  need: string | null
  confirmed_at?: string | null // null: the person is not confirmed; absent in rows of before
}

export const POST_MAX = 120
export const NEED_MAX = 500

type Group = JornadaDetails['groups'][number]

/** Whether a day has begun at `now`: without an hour at its end in central Mexico, without a date never. */
export function hasBegun({ on_day, starts_at }: Pick<Jornada, 'on_day' | 'starts_at'>, now: Date): boolean {
  if (on_day === null) return false
  return now >= new Date(starts_at ?? endOfDay(on_day))
}

/** Why nobody can register for these days at `now`, or null. */
export function refuseDays(days: readonly Jornada[], now: Date): Refusal | null {
  if (days.length === 0) return 'jornada_required'
  if (days.some(({ cancelled_at }) => cancelled_at)) return 'jornada_cancelled'
  if (days.some(({ on_day }) => on_day === null)) return 'jornada_undated'
  return days.some((day) => hasBegun(day, now)) ? 'jornada_past' : null
}

/** The group of a class; null when it has none, and then its bodies cannot register. */
export const groupOf = (classKey: string, groups: readonly Group[]): Group | null =>
  groups.find(({ class_keys }) => class_keys.includes(classKey)) ?? null

/** Why a body of this class cannot attend these days, or null. Every day must belong to the group of the class. */
export function refuseClass(
  classKey: string,
  days: readonly Jornada[],
  groups: readonly Group[],
): Refusal | null {
  const group = groupOf(classKey, groups)
  return group && days.every(({ group_id }) => group_id === group.id) ? null : 'body_ineligible'
}

/** Why this post (cargo) cannot be stored, or null. */
export function refusePost(post: string): Refusal | null {
  if (visibleLength(post) === 0) return 'post_required'
  return [...tidied(post)].length > POST_MAX ? 'post_too_long' : null
}

/** Why this address cannot be stored, or null. It is required, because letters tell about seats. */
export const refuseContact = (email: string): Refusal | null =>
  email.trim() === '' ? 'email_required' : refuseEmail(email)

/** Why this need cannot be stored, or null. Without a need, no consent is required. */
export function refuseNeed(need: string, isAuthorised: boolean): Refusal | null {
  if (visibleLength(need) === 0) return null
  if ([...canon(need).trim()].length > NEED_MAX) return 'accessibility_too_long'
  return isAuthorised ? null : 'consent_missing'
}
