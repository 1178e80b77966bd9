/** What the chip of a submission says: the one truth shown in lists, details and the staff's queue. */
import { kindNamed } from './kinds'
import type { SubmissionRow } from './rows'

export const CHIPS = [
  'draft',
  'unsent',
  'sending',
  'video_here', // its text arrived; its bytes are on this phone
  'video_missing', // its text arrived; its bytes are on no phone that we know of
  'needs_attention',
  'seat_offered',
  'seat_waiting',
  'seat_confirmed',
  'seat_attended',
  'seat_cancelled', // no day is left
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
export type OutboxState = 'queued' | 'sending' | 'retry_wait' | 'blocked_auth' | 'needs_person'

/** What the server says of a submission. Nothing is received before every byte of it is. */
export function chipOfRow(row: SubmissionRow): Chip {
  const isUndecided = row.state === 'received' || row.state === 'in_review'
  return (isUndecided && kindNamed(row.kind)?.chipOf?.(row.content)) || row.state
}

/** What the phone holds back comes first: nothing is shown as received before it is. */
export function chipOf(pending: OutboxState | null, server: Chip | null): Chip {
  if (pending === 'needs_person' || pending === 'blocked_auth') return 'needs_attention'
  if (pending === 'sending') return 'sending'
  if (pending) return 'unsent'
  return server ?? 'draft'
}
