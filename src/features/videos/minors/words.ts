import words from '@/i18n/es-MX/videosMinors.json'
import { translator } from '@/i18n/translator'

export const t = translator(words)
