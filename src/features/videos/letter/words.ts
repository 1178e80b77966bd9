import words from '@/i18n/es-MX/autorizar.json'
import videos from '@/i18n/es-MX/videos.json'
import { translator } from '@/i18n/translator'

/** The words of the guardian's page, and those of the call for videos. */
export const t = translator({ ...videos, ...words })
