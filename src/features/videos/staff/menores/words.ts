import words from '@/i18n/es-MX/videosMinorsStaff.json'
import { translator } from '@/i18n/translator'

export const t = translator(words)
