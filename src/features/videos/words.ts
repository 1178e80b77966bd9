import { wordsWith } from '@/campaign/words'
import messages from '@/i18n/es-MX/videos.json'

/** The words of the call for videos, over those that all campaigns share. */
export const t = wordsWith(messages)
