/** Dates as people here say them: es-MX, the clock of central Mexico, whatever the phone's zone is. */
import messages from '@/i18n/es-MX/ui.json'
import { LOCALE, translator } from '@/i18n/translator'

const ZONE = 'America/Mexico_City'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const t = translator(messages)
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, ...options })

const longDay = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const shortDay = format({ day: 'numeric', month: 'short', year: 'numeric' })
const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const hour = format({ hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' })

/** A bare `YYYY-MM-DD` means that day here, so it is read at noon of central Mexico (UTC−6 all year). */
const toDate = (value: string | Date): Date => {
  if (value instanceof Date) return value
  return new Date(/^\d{4}-\d{2}-\d{2}$/u.test(value) ? `${value}T12:00:00-06:00` : value)
}

/** «viernes 12 de noviembre de 2021», from a day or an instant. */
export const formatDay = (value: string | Date): string => longDay.format(toDate(value)).replace(',', '')

/** «12 nov 2021», for lists. */
export const formatShortDay = (value: string | Date): string => shortDay.format(toDate(value))

/** «viernes 12 de noviembre de 2021, 23:59». Say «hora del centro de México» beside it. */
export const formatDateTime = (value: string | Date): string =>
  `${formatDay(value)}, ${clock.format(toDate(value))}`

/** «9:40», from an instant. */
export const formatHour = (value: string | Date): string => hour.format(toDate(value)).replace(/^0/u, '')

/** Days of the calendar between two instants, as somebody in Mexico City counts them. */
function daysBetween(from: Date, to: Date): number {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE })
  return Math.round((Date.parse(day.format(to)) - Date.parse(day.format(from))) / DAY)
}

/** «hace 5 minutos», «ayer», «dentro de 3 días». */
export function fromNow(value: string | Date, now: Date): string {
  const date = toDate(value)
  const ms = date.getTime() - now.getTime()
  const days = daysBetween(now, date)
  if (days !== 0) return relative.format(days, 'day')
  if (Math.abs(ms) >= HOUR) return relative.format(Math.trunc(ms / HOUR), 'hour')
  return relative.format(Math.trunc(ms / MINUTE), 'minute')
}

/** «faltan 2 días», «falta 1 hora»: what is left until an instant in the future. */
export function remaining(until: string | Date, now: Date): string {
  const date = toDate(until)
  const ms = date.getTime() - now.getTime()
  const days = daysBetween(now, date)
  if (days > 0 && ms >= DAY) return t('remaining.days', { count: days })
  if (ms >= HOUR) return t('remaining.hours', { count: Math.floor(ms / HOUR) })
  if (ms >= MINUTE) return t('remaining.minutes', { count: Math.floor(ms / MINUTE) })
  return t('remaining.now')
}

/** A day, or «fecha por confirmar». */
export const formatDayOrPending = (value: string | null): string =>
  value ? formatDay(value) : t('date.pending')

/** Whether this day is today, as somebody in Mexico City counts. */
export const isToday = (day: string, now: Date): boolean => daysBetween(now, toDate(day)) === 0

/** Whether this day is today or later, as somebody in Mexico City counts: nothing is promised for one gone by. */
export const isToCome = (day: string, now: Date): boolean => daysBetween(now, toDate(day)) >= 0
