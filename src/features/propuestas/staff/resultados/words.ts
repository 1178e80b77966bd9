import messages from '@/i18n/es-MX/propuestasRenewal.json'
import { translator } from '@/i18n/translator'

/** The words of the results and of the renewed text, for staff. */
export const t = translator(messages)
