/** The words of the board, and how it writes days, shares and bytes. */
import words from '@/i18n/es-MX/staffBoard.json'
import { numberWords, translator } from '@/i18n/translator'
import { dayParts } from '@/ui/dates'

export const t = translator(words)

/** A day like «jue 26», and with its month, like «jue 26 nov». */
export const weekday = (day: string | Date): string => dayParts(day).slice(0, 2).join(' ')
export const weekdayOfMonth = (day: string | Date): string => dayParts(day).join(' ')

/** A share like «98.1 %»; null of nothing. Rounded down, so that 100 % means all. */
export const shareWords = (part: number, whole: number): string | null =>
  whole > 0 ? t('share', { count: numberWords(Math.floor((part / whole) * 1000) / 10) }) : null

const UNITS = ['kb', 'mb', 'gb', 'tb'] as const

/** Bytes like «5.2 GB», in thousands. */
export function bytesWords(bytes: number): string {
  const step = Math.max(
    0,
    UNITS.findIndex((_, index) => bytes < 1000 ** (index + 2)),
  )
  const unit = bytes >= 1000 ** (UNITS.length + 1) ? UNITS.length - 1 : step
  return t(`size.${UNITS[unit]!}`, { count: numberWords(Math.round((bytes / 1000 ** (unit + 1)) * 10) / 10) })
}
