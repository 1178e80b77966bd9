/**
 * The clock of central Mexico, computed by its rule and never from the phone's time-zone tables: a phone with tables
 * older than October 2022 still has summer time and shows every summer hour one late.
 *
 * Rule: UTC−06:00. From 1996 to 2022 summer time (UTC−05:00) ran from the first Sunday of April, 02:00, to the
 * last Sunday of October, 02:00; in 2001 from May to September. It was abolished with the end of summer time
 * 2022 (Ley de los Husos Horarios en los Estados Unidos Mexicanos, DOF 28 October 2022).
 */
const HOUR = 3_600_000
const DAY = 24 * HOUR
const STANDARD = -6
const SUMMER = -5

/** The first Sunday on or after a day, as UTC milliseconds. */
function sundayFrom(year: number, month: number, day: number): number {
  const from = Date.UTC(year, month - 1, day)
  return from + ((7 - new Date(from).getUTCDay()) % 7) * DAY
}

/** The offset of central Mexico from UTC at an instant, in hours: −6, or −5 in the summers of 1996 to 2022. */
function offsetAt(ms: number): number {
  const year = new Date(ms).getUTCFullYear() // no change is near the turn of the year
  if (year < 1996 || year > 2022) return STANDARD
  const [from, until] =
    year === 2001
      ? [sundayFrom(year, 5, 1), sundayFrom(year, 9, 24)]
      : [sundayFrom(year, 4, 1), sundayFrom(year, 10, 25)]
  return ms >= from + (2 - STANDARD) * HOUR && ms < until + (2 - SUMMER) * HOUR ? SUMMER : STANDARD
}

/** Whether a text is a day (`YYYY-MM-DD`) and not an instant. */
const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(value)

/** A Date whose UTC fields show central Mexico's clock at the instant. Format it with `timeZone: 'UTC'`. */
export function centralFields(at: Date): Date {
  return new Date(at.getTime() + offsetAt(at.getTime()) * HOUR)
}

/** The day (`YYYY-MM-DD`) of an instant in central Mexico. A day is returned unchanged. */
export function localDay(at: string | Date): string {
  if (typeof at === 'string' && isDay(at)) return at
  return centralFields(new Date(at)).toISOString().slice(0, 10)
}

/** The time (`HH:MM`) of an instant in central Mexico. */
export const localTime = (instant: string | Date): string =>
  centralFields(new Date(instant)).toISOString().slice(11, 16)

/**
 * The instant, in ISO 8601 with its offset, at which clocks in central Mexico show this day and time (`HH:MM` or
 * `HH:MM:SS`). An hour that an autumn day repeats is its first occurrence; an hour that a spring day skips is an hour
 * later.
 */
export function instantAt(day: string, time: string): string {
  const clock = time.length === 5 ? `${time}:00` : time
  const inSummer = Date.parse(`${day}T${clock}-05:00`)
  return `${day}T${clock}${offsetAt(inSummer) === SUMMER ? '-05:00' : '-06:00'}`
}

/** The first instant of a day in central Mexico. */
export const startOfDay = (day: string): string => instantAt(day, '00:00')

/** The last second of a day in central Mexico: «hasta el día D, 23:59». */
export const endOfDay = (day: string): string => instantAt(day, '23:59:59')

/** A day or an instant as a Date; a day is its noon in central Mexico. */
export const toInstant = (value: string | Date): Date =>
  new Date(typeof value === 'string' && isDay(value) ? instantAt(value, '12:00') : value)

/** Calendar days in central Mexico from one day or instant to another; negative when `to` is earlier. */
export const daysBetween = (from: string | Date, to: string | Date): number =>
  Math.round((Date.parse(localDay(to)) - Date.parse(localDay(from))) / DAY)
