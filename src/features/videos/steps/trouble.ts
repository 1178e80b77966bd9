/** Words for why a chosen file could not be copied to this phone, and what to do about it. */
import type { VideoDetails } from '@/domain/video'
import { refusalText } from '@/i18n/refusals'
import type { MediaRefusal } from '@/media/inspect'
import { duration, megabytes } from '../facts'
import { t } from '../words'

/** The codes of `inspectVideo` and `stageMedia` that have words here. Other codes have those of all refusals. */
type OwnTrouble =
  | Exclude<MediaRefusal, 'media_type_unsupported'>
  | 'media_lost'
  | 'media_waits'
  | 'storage_full'
  | 'storage_failed'
  | 'unknown'

/** The key of each code's words. */
export const TROUBLES = {
  media_too_short: 'trouble.too_short',
  media_too_long: 'trouble.too_long',
  media_too_large: 'trouble.too_large',
  media_unreadable: 'trouble.unreadable',
  media_lost: 'trouble.lost',
  media_waits: 'trouble.waits',
  media_no_sound: 'trouble.no_sound',
  media_no_picture: 'trouble.no_picture',
  media_truncated: 'trouble.truncated',
  media_not_clean: 'trouble.not_clean',
  storage_full: 'trouble.storage_full',
  storage_failed: 'trouble.storage_failed',
  unknown: 'trouble.unknown',
} as const satisfies Record<OwnTrouble, Parameters<typeof t>[0]>

const limitsIn = ({ min_s, max_s, max_bytes }: VideoDetails) => ({
  min: duration(min_s * 1000),
  max: duration(max_s * 1000),
  size: megabytes(max_bytes),
})

/** The words of a code. */
export const troubleWords = (code: string, limits: VideoDetails): string =>
  code in TROUBLES ? t(TROUBLES[code as OwnTrouble], limitsIn(limits)) : refusalText(code)
