/** Dates as people here say them: es-MX, the clock of central Mexico, whatever the phone's zone is. */
import { centralFields, daysBetween, toInstant } from '@/domain/centralTime'
import messages from '@/i18n/es-MX/ui.json'
import { LOCALE, translator } from '@/i18n/translator'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const t = translator(messages)
/** Formats the clock of central Mexico. `UTC` is the one zone that no phone's tables get wrong. */
function format(options: Intl.DateTimeFormatOptions): (value: string | Date) => string {
  const formatter = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' })
  return (value) => formatter.format(centralFields(toInstant(value)))
}

const longDay = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const hour = format({ hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' })

/** «viernes 12 de noviembre de 2021», from a day or an instant. */
export const formatDay = (value: string | Date): string => longDay(value).replace(',', '')

/** «12 nov 2021», for lists. */
export const formatShortDay = format({ day: 'numeric', month: 'short', year: 'numeric' })

/** «viernes 12 de noviembre de 2021, 23:59». Say «hora del centro de México» beside it. */
export const formatDateTime = (value: string | Date): string => `${formatDay(value)}, ${clock(value)}`

/** «9:40», from an instant. */
export const formatHour = (value: string | Date): string => hour(value).replace(/^0/u, '')

/** «hace 5 minutos», «ayer», «dentro de 3 días». */
export function fromNow(value: string | Date, now: Date): string {
  const ms = toInstant(value).getTime() - now.getTime()
  const days = daysBetween(now, value)
  if (days !== 0) return relative.format(days, 'day')
  if (Math.abs(ms) >= HOUR) return relative.format(Math.trunc(ms / HOUR), 'hour')
  return relative.format(Math.trunc(ms / MINUTE), 'minute')
}

/** «faltan 2 días», «falta 1 hora»: what is left until an instant in the future. */
export function remaining(until: string | Date, now: Date): string {
  const ms = toInstant(until).getTime() - now.getTime()
  const days = daysBetween(now, until)
  if (days > 0 && ms >= DAY) return t('remaining.days', { count: days })
  if (ms >= HOUR) return t('remaining.hours', { count: Math.floor(ms / HOUR) })
  if (ms >= MINUTE) return t('remaining.minutes', { count: Math.floor(ms / MINUTE) })
  return t('remaining.now')
}

/** A day, or «fecha por confirmar». */
export const formatDayOrPending = (value: string | null): string =>
  value ? formatDay(value) : t('date.pending')

/** Whether this day is today, as somebody in Mexico City counts. */
export const isToday = (day: string, now: Date): boolean => daysBetween(now, day) === 0

/** Whether this day is today or later, as somebody in Mexico City counts: nothing is promised for one gone by. */
export const isToCome = (day: string, now: Date): boolean => daysBetween(now, day) >= 0
