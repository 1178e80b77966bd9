/**
 * Formats dates in es-MX and the time of central Mexico, whatever the phone's time zone. The short formats, which the
 * first load does not need, are in shortDates.ts.
 */
import { centralFields, daysBetween, toInstant } from '@/domain/centralTime'
import messages from '@/i18n/es-MX/ui.json'
import { LOCALE, translator } from '@/i18n/translator'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const t = translator(messages)
/** A format in the time of central Mexico. It formats as `UTC`, the only zone that is right on every phone. */
export function dateFormat(options: Intl.DateTimeFormatOptions): (value: string | Date) => string {
  const formatter = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' })
  return (value) => formatter.format(centralFields(toInstant(value)))
}

const longDay = dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const clock = dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** A day or an instant like «viernes 12 de noviembre de 2021». */
export const formatDay = (value: string | Date): string => longDay(value).replace(',', '')

/** A time like «viernes 12 de noviembre de 2021, 23:59». Write «hora del centro de México» beside it. */
export const formatDateTime = (value: string | Date): string => `${formatDay(value)}, ${clock(value)}`

/** The time until a future instant, like «faltan 2 días» or «falta 1 hora». */
export function remaining(until: string | Date, now: Date): string {
  const ms = toInstant(until).getTime() - now.getTime()
  const days = daysBetween(now, until)
  if (days > 0 && ms >= DAY) return t('remaining.days', { count: days })
  if (ms >= HOUR) return t('remaining.hours', { count: Math.floor(ms / HOUR) })
  if (ms >= MINUTE) return t('remaining.minutes', { count: Math.floor(ms / MINUTE) })
  return t('remaining.now')
}
