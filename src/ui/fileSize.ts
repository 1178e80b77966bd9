/** The size of a file in words that people know: thousands of bytes, or millions. */
import messages from '@/i18n/es-MX/controls.json'
import { numberWords, translator } from '@/i18n/translator'

const t = translator(messages)
const MB = 1_000_000

/** Like «240 KB» or «2.4 MB», rounded up: what is kept or fetched is never more. */
export function formatBytes(bytes: number): string {
  if (bytes < MB) return t('size.kb', { count: String(Math.max(1, Math.ceil(bytes / 1000))) })
  return t('size.mb', { count: numberWords(Math.ceil(bytes / 100_000) / 10) })
}
