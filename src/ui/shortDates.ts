/** Dates for lists, in few words, and how a day lies to today. By the clock of central Mexico, as in dates.ts. */
import { daysBetween, toInstant } from '@/domain/centralTime'
import messages from '@/i18n/es-MX/controls.json'
import { LOCALE, translator } from '@/i18n/translator'
import { dateFormat, formatDay } from './dates'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const t = translator(messages)
const hour = dateFormat({ hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto' })

/** «12 nov 2021», for lists. */
export const formatShortDay = dateFormat({ day: 'numeric', month: 'short', year: 'numeric' })

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

/** A day, or «fecha por confirmar». */
export const formatDayOrPending = (value: string | null): string =>
  value ? formatDay(value) : t('date.pending')

/** Whether this day is today, as somebody in Mexico City counts. */
export const isToday = (day: string, now: Date): boolean => daysBetween(now, day) === 0

/** Whether this day is today or later, as somebody in Mexico City counts: nothing is promised for one gone by. */
export const isToCome = (day: string, now: Date): boolean => daysBetween(now, day) >= 0
