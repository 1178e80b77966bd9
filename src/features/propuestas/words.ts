import { wordsWith } from '@/campaign/words'
import messages from '@/i18n/es-MX/propuestas.json'
import card from '@/i18n/es-MX/propuestasCard.json'

/** The words of the consultation, which override the shared ones. */
export const t = wordsWith({ ...messages, ...card })
