import { wordsWith } from '@/campaign/words'
import messages from '@/i18n/es-MX/propuestas.json'

/** The words of the consultation, over those that all campaigns share. */
export const t = wordsWith(messages)
