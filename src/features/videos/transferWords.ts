/** The stage of a video, from this phone's transfer and the server's status, and its words. */
import { isFinalMedia, type AttachCode, type MediaCode } from '@/domain/mediaCodes'
import type { MediaStatus, Tell } from '@/domain/video'
import { refusalText } from '@/i18n/refusals'
import type { Hold } from '@/media/holds'
import type { TransferReason } from '@/media/transfers'
import type { ShownTransfer } from '@/media/useTransfer'
import { t } from './words'

/**
 * `held`: the file says more than picture and sound. `broken`: it has no end, or no picture. `unaccepted`: the server did
 * not accept the file that goes in the place of a held one. `stopped`: needs the person. `checking`: the server has every
 * byte and verifies them. `elsewhere`: the server waits for bytes that are not on this phone.
 */
type StageName =
  | 'waiting'
  | 'sending'
  | 'paused'
  | 'cancelled'
  | 'stopped'
  | 'unaccepted'
  | 'checking'
  | 'verified'
  | 'mismatch'
  | 'held'
  | 'broken'
  | 'expired'
  | 'removed'
  | 'elsewhere'

interface TransferStage {
  name: StageName
  tone: 'info' | 'warn' | 'good' | 'bad'
  /** Whether «try again» can help. */
  retryable: boolean
}

const TONES: Record<StageName, TransferStage['tone']> = {
  waiting: 'warn',
  sending: 'info',
  paused: 'warn',
  cancelled: 'warn',
  stopped: 'bad',
  unaccepted: 'bad',
  checking: 'info',
  verified: 'good',
  mismatch: 'bad',
  held: 'bad',
  broken: 'bad',
  expired: 'bad',
  removed: 'info',
  elsewhere: 'warn',
}

const BY_STATUS: Record<Exclude<MediaStatus, 'awaiting_upload' | 'mismatch'>, StageName> = {
  attached: 'checking',
  verified: 'verified',
  expired: 'expired',
  removed: 'removed',
}

const BY_STATE: Record<ShownTransfer['state'], StageName> = {
  waiting: 'waiting',
  sending: 'sending',
  paused: 'paused',
  uploaded: 'checking',
  needs_person: 'stopped',
}

type Shown = Pick<ShownTransfer, 'state'> & Partial<ShownTransfer>
type Arrived = { id?: string; status?: MediaStatus; tells?: readonly Tell[] }

/** What a file that was not verified is. */
function faultOf(tells: readonly Tell[]): StageName {
  if (tells.length === 0) return 'mismatch'
  return tells.includes('truncated') || tells.includes('unreadable') ? 'broken' : 'held'
}

/** Whether this phone's file goes in the place of the one that the server has. */
const isInPlaceOf = (transfer: Shown | null, media: Arrived | null): boolean =>
  !!transfer?.replaces && transfer.replaces === media?.id

function nameOf(transfer: Shown | null, media: Arrived | null): StageName {
  if (isInPlaceOf(transfer, media)) return nameOf(transfer, null)
  if (transfer?.announcing && transfer.state === 'needs_person') return 'unaccepted'
  const status = media?.status ?? 'awaiting_upload'
  if (status === 'mismatch') return faultOf(media?.tells ?? [])
  if (status !== 'awaiting_upload') return BY_STATUS[status]
  if (transfer?.cancelled) return 'cancelled'
  return transfer ? BY_STATE[transfer.state] : 'elsewhere'
}

/** The stage of a video. The server's status takes precedence, because only the server knows what it received. */
export function stageOf(
  transfer: (Shown & Pick<ShownTransfer, 'reason'>) | null,
  media: Arrived | null,
): TransferStage {
  const name = nameOf(transfer, media)
  return { name, tone: TONES[name], retryable: !isFinalMedia(transfer?.reason ?? null) }
}

type ClosedReason = Exclude<Hold, 'paused'> | MediaCode | AttachCode | 'conflict'

/** The key of each reason's words. A code without words does not compile. */
export const REASONS = {
  draft: 'reason.draft',
  kind_unknown: 'reason.kind_unknown',
  text_first: 'reason.text_first',
  announced_first: 'reason.announced_first',
  wifi: 'reason.wifi',
  network_unknown: 'reason.network_unknown',
  save_data: 'reason.save_data',
  offline: 'reason.offline',
  timeout: 'reason.timeout',
  not_ours: 'reason.not_ours',
  busy: 'reason.busy',
  rate_limited: 'reason.rate_limited',
  server: 'reason.server',
  auth: 'reason.auth',
  upload_denied: 'reason.upload_denied',
  media_too_large: 'reason.media_too_large',
  media_type_unsupported: 'reason.media_type_unsupported',
  media_lost: 'reason.media_lost',
  storage_full: 'reason.storage_full',
  storage_closed: 'reason.storage_closed',
  media_mismatch: 'reason.media_mismatch',
  media_expired: 'transfer.expired.body',
  upload_missing: 'reason.upload_missing',
  conflict: 'reason.conflict',
  upload_mismatch: 'reason.upload_mismatch',
} as const satisfies Record<ClosedReason, Parameters<typeof t>[0]>

/** Why a transfer waits or stopped, and what to do. */
export function reasonWords(reason: TransferReason): string {
  const key = reason in REASONS ? REASONS[reason as ClosedReason] : null
  return key ? t(key) : refusalText(reason)
}

/** Reasons that end when the person agrees to use mobile data. */
const ABOUT_DATA: readonly (TransferReason | null)[] = ['wifi', 'network_unknown', 'save_data']

/** Whether the transfer waits only for the person's consent to use mobile data. */
export const asksForData = (transfer: Pick<ShownTransfer, 'reason'> | null): boolean =>
  transfer !== null && ABOUT_DATA.includes(transfer.reason)

/** The remaining time in words, in whole minutes. */
export function remainingWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return minutes <= 1 ? t('transfer.remaining.minute') : t('transfer.remaining', { minutes })
}
