/** The calendar file of a jornada (RFC 5545). */
import type { Jornada } from './registration'

export interface CalendarEvent {
  jornada: Pick<Jornada, 'id' | 'on_day' | 'starts_at' | 'ends_at' | 'place' | 'sequence'>
  summary: string
  description: string
  /** The host of the app. With the jornada's id it forms the UID, which never changes. */
  host: string
  now: Date
  isCancelled: boolean
}

/**
 * The text of the file, or null while the date is to be confirmed. `now` is the time of its creation. A jornada always
 * has the same UID, so a file with a higher SEQUENCE replaces the event in the calendar. The SEQUENCE of a cancellation
 * is one higher than that of the event it cancels.
 */
export function formatIcs({
  jornada,
  summary,
  description,
  host,
  now,
  isCancelled,
}: CalendarEvent): string | null {
  if (jornada.on_day === null) return null
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${host}//Convoca//ES`,
    `METHOD:${isCancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${jornada.id}@${host}`,
    `SEQUENCE:${jornada.sequence + (isCancelled ? 1 : 0)}`,
    `DTSTAMP:${utc(now)}`,
    ...span(jornada.on_day, jornada.starts_at, jornada.ends_at),
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText(description)}`,
    ...(jornada.place === null ? [] : [`LOCATION:${escapeText(jornada.place)}`]),
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

/** The whole day when the hour is unknown; no DTEND when the end is unknown. */
function span(onDay: string, startsAt: string | null, endsAt: string | null): string[] {
  if (startsAt === null) return [`DTSTART;VALUE=DATE:${onDay.replaceAll('-', '')}`]
  const start = `DTSTART:${utc(new Date(startsAt))}`
  return endsAt === null ? [start] : [start, `DTEND:${utc(new Date(endsAt))}`]
}

const utc = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/gu, '')

const escapeText = (text: string): string => text.replace(/[\\;,]/gu, '\\$&').replace(/\r\n|\r|\n/gu, '\\n')

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
