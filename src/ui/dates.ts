/**
 * Dates as people here say them: es-MX, the clock of central Mexico, whatever the phone's zone is. Whole days, instants
 * and what is left until one; the short forms, which the first screen does not need, are in shortDates.ts.
 */
import { centralFields, daysBetween, toInstant } from '@/domain/centralTime'
import messages from '@/i18n/es-MX/ui.json'
import { LOCALE, translator } from '@/i18n/translator'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const t = translator(messages)
/** A format of the clock of central Mexico. `UTC` is the one zone that no phone's tables get wrong. */
export function dateFormat(options: Intl.DateTimeFormatOptions): (value: string | Date) => string {
  const formatter = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' })
  return (value) => formatter.format(centralFields(toInstant(value)))
}

const longDay = dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const clock = dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** «viernes 12 de noviembre de 2021», from a day or an instant. */
export const formatDay = (value: string | Date): string => longDay(value).replace(',', '')

/** «viernes 12 de noviembre de 2021, 23:59». Say «hora del centro de México» beside it. */
export const formatDateTime = (value: string | Date): string => `${formatDay(value)}, ${clock(value)}`

/** «faltan 2 días», «falta 1 hora»: what is left until an instant in the future. */
export function remaining(until: string | Date, now: Date): string {
  const ms = toInstant(until).getTime() - now.getTime()
  const days = daysBetween(now, until)
  if (days > 0 && ms >= DAY) return t('remaining.days', { count: days })
  if (ms >= HOUR) return t('remaining.hours', { count: Math.floor(ms / HOUR) })
  if (ms >= MINUTE) return t('remaining.minutes', { count: Math.floor(ms / MINUTE) })
  return t('remaining.now')
}
