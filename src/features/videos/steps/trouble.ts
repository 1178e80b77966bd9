/** Why a chosen file did not become a copy on this phone, and what to do about it. */
import type { VideoDetails } from '@/domain/video'
import { refusalText } from '@/i18n/refusals'
import { duration, megabytes } from '../facts'
import { t } from '../words'

/** For the refusals of `inspectVideo` and the faults of `stageMedia`. */
export function troubleWords(code: string, limits: VideoDetails): string {
  switch (code) {
    case 'media_too_short':
      return t('trouble.too_short', { min: duration(limits.min_s * 1000) })
    case 'media_too_long':
      return t('trouble.too_long', { max: duration(limits.max_s * 1000) })
    case 'media_too_large':
      return t('trouble.too_large', { size: megabytes(limits.max_bytes) })
    case 'media_unreadable':
    case 'media_lost':
      return t('trouble.unreadable')
    case 'media_no_sound':
      return t('trouble.no_sound')
    case 'media_no_picture':
      return t('trouble.no_picture')
    case 'storage_full':
      return t('trouble.storage_full')
    default:
      return refusalText(code)
  }
}
