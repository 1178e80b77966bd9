import messages from '@/i18n/es-MX/videosOwnCaptions.json'
import { translator } from '@/i18n/translator'

export const t = translator(messages)
