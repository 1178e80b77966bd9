import words from '@/i18n/es-MX/propuestasVoice.json'
import { translator } from '@/i18n/translator'

export const t = translator(words)

/** A length in minutes and seconds, like «1:05». */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return t('minutes', { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') })
}

/** A size in the decimal kilobytes of mobile plans. Only 0 bytes are 0 KB. */
export const kilobytes = (bytes: number): string => t('kilobytes', { count: Math.ceil(bytes / 1000) })

/** Length and size, like «0:48 · 195 KB». */
export const factsLine = ({ duration_ms, bytes }: { duration_ms: number; bytes: number }): string =>
  t('facts', { duration: clock(duration_ms), size: kilobytes(bytes) })
