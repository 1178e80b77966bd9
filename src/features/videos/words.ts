import { wordsWith } from '@/campaign/words'
import messages from '@/i18n/es-MX/videos.json'
import card from '@/i18n/es-MX/videosCard.json'

/** The words of the call for videos, which override the shared ones. */
export const t = wordsWith({ ...messages, ...card })
