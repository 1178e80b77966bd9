/** Where a video is, from what this phone has and what the server says; and its words. */
import type { MediaStatus } from '@/domain/video'
import { refusalText } from '@/i18n/refusals'
import type { ShownTransfer } from '@/media/useTransfer'
import { t } from './words'

/**
 * `stopped` needs the person; `checking`: the server has every byte and looks at them; `elsewhere`: it waits
 * for bytes that this phone does not have.
 */
type MomentName =
  | 'waiting'
  | 'sending'
  | 'paused'
  | 'stopped'
  | 'checking'
  | 'verified'
  | 'mismatch'
  | 'expired'
  | 'removed'
  | 'elsewhere'

interface Moment {
  name: MomentName
  tone: 'info' | 'warn' | 'good' | 'bad'
  /** Whether «try again» can help. */
  mendable: boolean
}

const TONES: Record<MomentName, Moment['tone']> = {
  waiting: 'warn',
  sending: 'info',
  paused: 'warn',
  stopped: 'bad',
  checking: 'info',
  verified: 'good',
  mismatch: 'bad',
  expired: 'bad',
  removed: 'info',
  elsewhere: 'warn',
}

const BY_STATUS: Record<Exclude<MediaStatus, 'awaiting_upload'>, MomentName> = {
  attached: 'checking',
  verified: 'verified',
  mismatch: 'mismatch',
  expired: 'expired',
  removed: 'removed',
}

const BY_STATE: Record<ShownTransfer['state'], MomentName> = {
  waiting: 'waiting',
  sending: 'sending',
  paused: 'paused',
  uploaded: 'checking',
  needs_person: 'stopped',
}

const UNMENDABLE = new Set(['media_lost', 'media_too_large', 'media_type_unsupported'])

function nameOf(
  transfer: Pick<ShownTransfer, 'state'> | null,
  media: { status?: MediaStatus } | null,
): MomentName {
  const status = media?.status ?? 'awaiting_upload'
  if (status !== 'awaiting_upload') return BY_STATUS[status]
  return transfer ? BY_STATE[transfer.state] : 'elsewhere'
}

/** The server's word comes first: it alone knows what arrived. */
export function momentOf(
  transfer: Pick<ShownTransfer, 'state' | 'reason'> | null,
  media: { status?: MediaStatus } | null,
): Moment {
  const name = nameOf(transfer, media)
  return { name, tone: TONES[name], mendable: !UNMENDABLE.has(transfer?.reason ?? '') }
}

/** Why it waits or stopped, and what to do. */
export function reasonWords(reason: string): string {
  switch (reason) {
    case 'draft':
    case 'text_first':
      return t('reason.text_first')
    case 'wifi':
      return t('reason.wifi')
    case 'network_unknown':
      return t('reason.network_unknown')
    case 'offline':
    case 'timeout':
      return t('reason.offline')
    case 'media_lost':
      return t('reason.media_lost')
    case 'busy':
    case 'rate_limited':
    case 'server':
      return t('reason.server')
    case 'auth':
    case 'upload_denied':
      return t('reason.upload_denied')
    default:
      return refusalText(reason)
  }
}

/** Said only when the pace of the last minute is known. */
export function remainingWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return minutes <= 1 ? t('transfer.remaining.minute') : t('transfer.remaining', { minutes })
}
