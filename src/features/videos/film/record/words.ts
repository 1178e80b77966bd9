import record from '@/i18n/es-MX/videosRecord.json'
import { translator } from '@/i18n/translator'

/** The words of the recorder, and of files that come another way than by choosing. */
export const t = translator(record)

/** A length in minutes and seconds, like «1:05». */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return t('minutes', { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') })
}
