/** Calendar files and feeds of days (RFC 5545), for phones and for the function `calendar`. */

/** A day as a calendar needs it. */
export interface CalendarDay {
  id: string
  /** Null: «fecha por confirmar». */
  on_day: string | null
  /** Null: the hour is unknown. */
  starts_at: string | null
  ends_at: string | null
  place: string | null
  /** Grows with each announced change of the day. */
  sequence: number
}

/** The event of one seat, or of a day for everybody. */
export interface CalendarEvent {
  /** The registration; null for the day itself. */
  submission: string | null
  /** The version of the registration, which grows with every change of a seat; 0 for the day itself. */
  version: number
  jornada: CalendarDay
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

/** What a feed says of itself. */
export interface CalendarFeed extends CalendarFile {
  name: string
  description: string
  /** The page of days that belong to nobody, as a path. */
  page: string
}

/**
 * The text of the file, or null when no day has a date. The event of a seat always has the same UID, and its SEQUENCE only
 * grows: the version counts what becomes of the seat, the sequence of the day what is announced of it. So the newest file
 * replaces the event in a calendar, also after a cancellation and a new registration.
 */
export function formatIcs(file: CalendarFile): string | null {
  const events = datedOf(file.events)
  if (events.length === 0) return null
  const method = events.every(({ isCancelled }) => isCancelled) ? 'CANCEL' : 'PUBLISH'
  return calendarOf(file, [`METHOD:${method}`], '')
}

/**
 * The text of a feed, also without events: a calendar that subscribed to it reads it again and again. A cancelled day stays in
 * it as cancelled, because most calendars delete what disappears without a word.
 */
export function formatFeed(feed: CalendarFeed): string {
  const name = escapeText(feed.name)
  const description = escapeText(feed.description)
  const head = [
    'METHOD:PUBLISH',
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
    `DESCRIPTION:${description}`,
    `X-WR-CALDESC:${description}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT4H', // RFC 7986
    'X-PUBLISHED-TTL:PT4H',
  ]
  return calendarOf(feed, head, feed.page)
}

const datedOf = (events: readonly CalendarEvent[]) => events.filter(({ jornada }) => jornada.on_day !== null)

function calendarOf(file: CalendarFile, head: readonly string[], page: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${new URL(file.origin).host}//Convoca//ES`,
    ...head,
    ...datedOf(file.events).flatMap((event) => eventLines(event, file, page)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function eventLines(event: CalendarEvent, { origin, organiser, now }: CalendarFile, page: string): string[] {
  const { submission, version, jornada, summary, description, isCancelled } = event
  return [
    'BEGIN:VEVENT',
    `UID:${submission === null ? '' : `${submission}.`}${jornada.id}@${new URL(origin).host}`,
    `SEQUENCE:${version + jornada.sequence}`,
    `DTSTAMP:${utc(now)}`,
    ...span(jornada.on_day!, jornada.starts_at, jornada.ends_at),
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText(description)}`,
    ...(jornada.place === null ? [] : [`LOCATION:${escapeText(jornada.place)}`]),
    `URL:${origin}${submission === null ? page : `/envios/${submission}`}`,
    `ORGANIZER;CN=${quote(organiser.name)}:mailto:${organiser.email}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(isCancelled || submission === null ? [] : alarmLines(summary, jornada.starts_at !== null)),
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

/** Breaks of every kind as line feeds, and no other control: a calendar admits none, and a break would begin a property. */
const plain = (text: string): string =>
  text
    .replace(/\r\n|[\v\f\r\u0085\u2028\u2029]/gu, '\n')
    .replace(/(?!\n)[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')

const escapeText = (text: string): string =>
  plain(text)
    .replace(/[\\;,]/gu, '\\$&')
    .replaceAll('\n', '\\n')

/** The value of a parameter, whose quotes and breaks RFC 6868 writes with `^`. */
const quote = (text: string): string =>
  `"${plain(text).replaceAll('^', '^^').replaceAll('"', "^'").replaceAll('\n', '^n')}"`

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
