import messages from '@/i18n/es-MX/videosJuryStaff.json'
import { translator } from '@/i18n/translator'

/** The words of a juror's pages. */
export const t = translator(messages)
