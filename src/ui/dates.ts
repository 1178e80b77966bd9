/**
 * Writes dates in es-MX and the time of central Mexico, whatever the phone's time zone. The browser's own formats are
 * not used: it loads their locale data with the first of them, which takes a slow phone up to half a second. The short
 * forms, which the first load does not need, are in shortDates.ts.
 */
import { centralFields, daysBetween, localTime, toInstant } from '@/domain/centralTime'
import messages from '@/i18n/es-MX/ui.json'
import { translator } from '@/i18n/translator'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const t = translator(messages)

const DAYS = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado']
const MONTHS = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
]

/** A day or an instant like «viernes 12 de noviembre», where its year stands nearby. */
export function formatDayWithoutYear(value: string | Date): string {
  const at = centralFields(toInstant(value))
  return `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} de ${MONTHS[at.getUTCMonth()]}`
}

/** A day or an instant like «viernes 12 de noviembre de 2021». */
export const formatDay = (value: string | Date): string =>
  `${formatDayWithoutYear(value)} de ${centralFields(toInstant(value)).getUTCFullYear()}`

/** The parts of a day like «vie», «12» and «nov». */
export function dayParts(value: string | Date): [weekday: string, day: string, month: string] {
  const at = centralFields(toInstant(value))
  return [DAYS[at.getUTCDay()]!.slice(0, 3), String(at.getUTCDate()), MONTHS[at.getUTCMonth()]!.slice(0, 3)]
}

/** A time like «viernes 12 de noviembre de 2021, 23:59». Write «hora del centro de México» beside it. */
export const formatDateTime = (value: string | Date): string =>
  `${formatDay(value)}, ${localTime(toInstant(value))}`

/** The time until a future instant, like «faltan 2 días» or «falta 1 hora». */
export function remaining(until: string | Date, now: Date): string {
  const ms = toInstant(until).getTime() - now.getTime()
  const days = daysBetween(now, until)
  if (days > 0 && ms >= DAY) return t('remaining.days', { count: days })
  if (ms >= HOUR) return t('remaining.hours', { count: Math.floor(ms / HOUR) })
  if (ms >= MINUTE) return t('remaining.minutes', { count: Math.floor(ms / MINUTE) })
  return t('remaining.now')
}
