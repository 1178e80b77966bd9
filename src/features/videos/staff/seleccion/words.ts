import messages from '@/i18n/es-MX/videosSelectionStaff.json'
import { translator } from '@/i18n/translator'

/** The words of the selection, for staff. */
export const t = translator(messages)
