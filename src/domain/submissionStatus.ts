/** What the chip of a submission says: the one truth shown in lists, details and the staff's queue. */
import type { SubmissionRow } from './rows'
import type { MediaStatus } from './video'

export const CHIPS = [
  'draft',
  'unsent',
  'sending',
  'video_here', // its text arrived; its bytes are on this phone
  'video_missing', // its text arrived; its bytes are on no phone that we know of
  'needs_attention',
  'received',
  'in_review',
  'correction_requested',
  'accepted',
  'published',
  'not_selected',
  'rejected',
  'withdrawn',
  'expired',
] as const
export type Chip = (typeof CHIPS)[number]

/** How far the oldest op of a submission has come on this phone. */
export type OutboxState =
  'queued' | 'sending' | 'retry_wait' | 'blocked_auth' | 'blocked_dependency' | 'needs_person'

const CHIP_OF_FILE: Partial<Record<MediaStatus, Chip>> = {
  awaiting_upload: 'video_missing',
  mismatch: 'needs_attention',
  expired: 'needs_attention',
}

/** What the server says of a submission. Nothing is received before every byte of it is. */
export function chipOfRow(row: SubmissionRow): Chip {
  const isUndecided = row.state === 'received' || row.state === 'in_review'
  return (isUndecided && row.kind === 'videos' && CHIP_OF_FILE[row.content.media.status]) || row.state
}

/** What the phone holds back comes first: nothing is shown as received before it is. */
export function chipOf(pending: OutboxState | null, server: Chip | null): Chip {
  if (pending === 'needs_person' || pending === 'blocked_auth') return 'needs_attention'
  if (pending === 'sending') return 'sending'
  if (pending) return 'unsent'
  return server ?? 'draft'
}
