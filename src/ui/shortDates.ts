/** Short dates for lists, and comparisons of days with today, in the time of central Mexico like dates.ts. */
import { centralFields, daysBetween, localTime, toInstant } from '@/domain/centralTime'
import messages from '@/i18n/es-MX/controls.json'
import { LOCALE, translator } from '@/i18n/translator'
import { dayParts, formatDay } from './dates'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const t = translator(messages)
let relative: Intl.RelativeTimeFormat | undefined
const inWords = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
  (relative ??= new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' })).format(value, unit)

/** A day or an instant like «12 nov», where its year stands nearby. */
export const formatDayOfMonth = (value: string | Date): string => dayParts(value).slice(1).join(' ')

/** A day or an instant like «12 nov 2021». */
export const formatShortDay = (value: string | Date): string =>
  `${formatDayOfMonth(value)} ${centralFields(toInstant(value)).getUTCFullYear()}`

/** The hour of an instant, like «9:40». */
export const formatHour = (value: string | Date): string => localTime(toInstant(value)).replace(/^0/u, '')

/** The time from `now` to a day or an instant, like «hace 5 minutos», «ayer» or «dentro de 3 días». */
export function fromNow(value: string | Date, now: Date): string {
  const ms = toInstant(value).getTime() - now.getTime()
  const days = daysBetween(now, value)
  if (days !== 0) return inWords(days, 'day')
  if (Math.abs(ms) >= HOUR) return inWords(Math.trunc(ms / HOUR), 'hour')
  return inWords(Math.trunc(ms / MINUTE), 'minute')
}

/** The day, or «fecha por confirmar» for null. */
export const formatDayOrPending = (value: string | null): string =>
  value ? formatDay(value) : t('date.pending')

/** Whether a day is today in central Mexico. */
export const isToday = (day: string, now: Date): boolean => daysBetween(now, day) === 0

/** Whether a day is today or later in central Mexico. */
export const isToCome = (day: string, now: Date): boolean => daysBetween(now, day) >= 0
