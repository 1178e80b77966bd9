import messages from '@/i18n/es-MX/videosRecognitionStaff.json'
import { translator } from '@/i18n/translator'

/** The words of recognitions, for staff. */
export const t = translator(messages)
