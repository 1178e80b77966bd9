/** Words for why a chosen file cannot be used, and what to do about it. */
import type { VideoDetails } from '@/domain/video'
import { refusalText } from '@/i18n/refusals'
import type { MediaRefusal } from '@/media/inspect'
import { duration } from '../facts'
import { t } from './words'

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

/** The words of a code. */
export const troubleWords = (code: string, { min_s }: VideoDetails): string =>
  code in TROUBLES ? t(TROUBLES[code as OwnTrouble], { min: duration(min_s * 1000) }) : refusalText(code)
