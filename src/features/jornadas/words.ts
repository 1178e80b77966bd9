import { wordsWith } from '@/campaign/words'
import messages from '@/i18n/es-MX/jornadas.json'
import card from '@/i18n/es-MX/jornadasCard.json'

/** The words of the jornadas, in *usted*, on top of those that all campaigns share. */
export const t = wordsWith({ ...messages, ...card })
