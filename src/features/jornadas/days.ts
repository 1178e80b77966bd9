/** The days and groups of a series of jornadas: which class may attend, what prevents it, and their words. */
import { certainNow } from '@/data/serverClock'
import { instantAt, localTime } from '@/domain/centralTime'
import { groupOf, refuseDays, type Jornada, type JornadaDetails, type Seat } from './registration'
import type { Convocatoria } from '@/domain/rows'
import { formatDateTime, formatDay } from '@/ui/dates'
import { t } from './words'

const NONE: JornadaDetails = { groups: [], jornadas: [] }

/** The groups and days of a campaign; empty while this phone lacks its details. */
export function detailsOf({ details }: Pick<Convocatoria, 'details'>): JornadaDetails {
  return details && 'jornadas' in details ? details : NONE
}

/** The days of the group of a class; none for a class without a group. */
export function daysOf(details: JornadaDetails, classKey: string): Jornada[] {
  const group = groupOf(classKey, details.groups)
  return details.jornadas.filter(({ group_id }) => group_id === group?.id)
}

/** The code of why nobody can register for this day; null when registration is possible. */
export const obstacleOf = (day: Jornada, now: Date = certainNow()) =>
  refuseDays([day], now) as 'jornada_cancelled' | 'jornada_undated' | 'jornada_past' | null

/** The days that somebody whose day was called off can take instead: those of its group that accept registrations. */
export function daysInstead(
  details: JornadaDetails,
  cancelledId: string,
  now: Date = certainNow(),
): Jornada[] {
  const group = details.jornadas.find(({ id }) => id === cancelledId)?.group_id
  return details.jornadas.filter((day) => day.group_id === group && obstacleOf(day, now) === null)
}

/** «martes 8 de diciembre de 2026, 10:00 a 12:00, hora del centro de México», or the part of it that is known. */
export function whenWords({
  on_day,
  starts_at,
  ends_at,
}: Pick<Jornada, 'on_day' | 'starts_at' | 'ends_at'>): string {
  if (!on_day) return t('day.undated')
  if (starts_at && ends_at) return t('day.hours', { from: formatDateTime(starts_at), to: localTime(ends_at) })
  if (starts_at) return t('day.when', { when: formatDateTime(starts_at) })
  return t('day.no_hour', { day: formatDay(on_day) })
}

/** «10:00 a 12:00», or the part of it that is known. Write the zone and the date beside it. */
export function hourWords({
  on_day,
  starts_at,
  ends_at,
}: Pick<Jornada, 'on_day' | 'starts_at' | 'ends_at'>): string {
  if (!on_day) return t('day.undated')
  if (!starts_at) return t('day.hour_pending')
  const from = localTime(starts_at)
  return ends_at ? t('day.hour_range', { from, to: localTime(ends_at) }) : from
}

export const placeWords = ({
  place,
  modality,
  online,
}: Pick<Jornada, 'place' | 'modality' | 'online'>): string => {
  if (modality === 'virtual' && !place) return t('day.online')
  const where = place ?? t('day.no_place')
  return modality ? `${where} · ${t(online ? 'modality.both' : `modality.${modality}`)}` : where
}

/** From when people with a seat have the link of a session online, as `app.link_opens` says; null without a day. */
export function linkOpens({ on_day, starts_at }: Pick<Jornada, 'on_day' | 'starts_at'>): Date | null {
  if (starts_at) return new Date(Date.parse(starts_at) - 3_600_000)
  return on_day ? new Date(instantAt(on_day, '00:00')) : null
}

/** A day as the person of a seat attends it: of a day in both modalities, one of them. */
export function asAttended(day: Jornada, { online: isOnline }: Pick<Seat, 'online'>): Jornada {
  const { online: _, ...here } = day
  if (!day.online || !isOnline) return here
  return { ...here, modality: 'virtual', place: null, address: null, accessibility: null }
}

/** Who speaks, with their post where it is known. */
export const speakerWords = ({ speaker, speaker_post }: Pick<Jornada, 'speaker' | 'speaker_post'>): string =>
  [speaker, speaker_post].filter(Boolean).join(', ')

/** How the place is reached and used; none of what is not known. */
export const accessLines = ({
  address,
  accessibility,
}: Pick<Jornada, 'address' | 'accessibility'>): string[] =>
  [address, accessibility && t('day.access', { words: accessibility })].flatMap((line) => line || [])

type Seats = Pick<Jornada, 'capacity' | 'seats_left'>

/** A hall so small that every figure but «none» would tell of single people. */
const SMALL = 20
const FEW = 10
const areFew = ({ capacity, seats_left }: Seats) =>
  seats_left! < FEW && capacity !== null && capacity >= SMALL

/**
 * That seats are left, or that a full day has a waiting list. The server publishes a lower bound that changes in steps
 * (`app.seats_shown`). A hint: only the server gives seats.
 */
export function seatsWords(day: Seats): string {
  const { capacity, seats_left } = day
  if (capacity === null || seats_left === null) return t('day.seats.unknown')
  if (seats_left === 0) return t('day.seats.full')
  if (areFew(day)) return t('day.seats.few')
  return capacity < SMALL ? t('day.seats.some') : t('day.seats', { count: seats_left })
}

/** A full day is quiet: one can still ask for the waiting list. */
/** The seats of each modality of a day in both; null for any other day. */
export const bothSeats = (day: Jornada) =>
  day.online
    ? [
        { words: t('day.seats.here', { seats: seatsWords(day) }), tone: seatsTone(day), seats: day },
        {
          words: t('day.seats.online', { seats: seatsWords(day.online) }),
          tone: seatsTone(day.online),
          seats: day.online,
        },
      ]
    : null

/** Whether nobody gets a seat at once, in any modality. */
export const isFull = ({ seats_left, online }: Pick<Jornada, 'seats_left' | 'online'>): boolean =>
  seats_left === 0 && (!online || online.seats_left === 0)

export const seatsTone = (day: Seats): 'good' | 'warn' | 'quiet' =>
  !day.seats_left ? 'quiet' : areFew(day) ? 'warn' : 'good'
