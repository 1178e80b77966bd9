import { translator } from '@/i18n/translator'
import messages from '@/i18n/es-MX/videosFilm.json'
import videos from '@/i18n/es-MX/videos.json'

/** The words of the room, and those of the call for videos. */
export const t = translator({ ...videos, ...messages })
