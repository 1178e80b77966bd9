import messages from '@/i18n/es-MX/propuestasMesaStaff.json'
import { translator } from '@/i18n/translator'

/** The words of the mesa, for staff. */
export const t = translator(messages)
