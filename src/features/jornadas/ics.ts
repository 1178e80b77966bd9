/** The calendar file of the days of a registration (RFC 5545). */
import { canon } from '@/domain/canon'
import type { Jornada } from './registration'

/** The event of one seat. */
export interface CalendarEvent {
  submission: string
  /** The version of the registration, which grows with every change of a seat. */
  version: number
  jornada: Pick<Jornada, 'id' | 'on_day' | 'starts_at' | 'ends_at' | 'place' | 'sequence'>
  summary: string
  description: string
  isCancelled: boolean
}

export interface CalendarFile {
  events: readonly CalendarEvent[]
  /** The address of the app, such as `https://participa.example`. */
  origin: string
  organiser: { name: string; email: string }
  /** The time of the file's creation. */
  now: Date
}

/**
 * The text of the file, or null when no day has a date. The event of a seat always has the same UID, and its SEQUENCE only
 * grows: the version counts what becomes of the seat, the sequence of the day what is announced of it. So the newest file
 * replaces the event in a calendar, also after a cancellation and a new registration.
 */
export function formatIcs(file: CalendarFile): string | null {
  const events = file.events.filter(({ jornada }) => jornada.on_day !== null)
  if (events.length === 0) return null
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${new URL(file.origin).host}//Convoca//ES`,
    `METHOD:${events.every(({ isCancelled }) => isCancelled) ? 'CANCEL' : 'PUBLISH'}`,
    ...events.flatMap((event) => eventLines(event, file)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function eventLines(event: CalendarEvent, { origin, organiser, now }: CalendarFile): string[] {
  const { submission, version, jornada, summary, description, isCancelled } = event
  return [
    'BEGIN:VEVENT',
    `UID:${submission}.${jornada.id}@${new URL(origin).host}`,
    `SEQUENCE:${version + jornada.sequence}`,
    `DTSTAMP:${utc(now)}`,
    ...span(jornada.on_day!, jornada.starts_at, jornada.ends_at),
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText(description)}`,
    ...(jornada.place === null ? [] : [`LOCATION:${escapeText(jornada.place)}`]),
    `URL:${origin}/envios/${submission}`,
    `ORGANIZER;CN=${quote(organiser.name)}:mailto:${organiser.email}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(isCancelled ? [] : alarmLines(summary, jornada.starts_at !== null)),
    'END:VEVENT',
  ]
}

/** A reminder a day before the hour, or at noon of the day before where the hour is unknown. */
const alarmLines = (summary: string, hasHour: boolean): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escapeText(summary)}`,
  `TRIGGER:${hasHour ? '-P1D' : '-PT12H'}`,
  'END:VALARM',
]

/** The whole day when the hour is unknown; no DTEND when the end is unknown. */
function span(onDay: string, startsAt: string | null, endsAt: string | null): string[] {
  if (startsAt === null) return [`DTSTART;VALUE=DATE:${onDay.replaceAll('-', '')}`]
  const start = `DTSTART:${utc(new Date(startsAt))}`
  return endsAt === null ? [start] : [start, `DTEND:${utc(new Date(endsAt))}`]
}

const utc = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/gu, '')

const escapeText = (text: string): string =>
  canon(text)
    .replace(/[\\;,]/gu, '\\$&')
    .replaceAll('\n', '\\n')

/** The value of a parameter, whose quotes and breaks RFC 6868 writes with `^`. */
const quote = (text: string): string =>
  `"${canon(text).replaceAll('^', '^^').replaceAll('"', "^'").replaceAll('\n', '^n')}"`

/** Folds a line into lines of at most 75 octets (RFC 5545, 3.1) without splitting a character. */
function fold(line: string): string {
  const encoder = new TextEncoder()
  let folded = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > 75) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}
