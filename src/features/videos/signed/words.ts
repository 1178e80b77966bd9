import messages from '@/i18n/es-MX/videosSigned.json'
import { translator } from '@/i18n/translator'

export const t = translator(messages)
