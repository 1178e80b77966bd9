/** The words about this phone's data. */
import messages from '@/i18n/es-MX/phone.json'
import { translator } from '@/i18n/translator'

export const t = translator(messages)
