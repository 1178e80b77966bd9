import messages from '@/i18n/es-MX/propuestasCaptures.json'
import { translator } from '@/i18n/translator'

export const t = translator(messages)
