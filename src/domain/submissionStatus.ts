/** What the chip of a submission says: the one truth shown in lists, details and the staff's queue. */
import type { SubmissionState } from './states'

export const CHIPS = [
  'draft',
  'unsent',
  'sending',
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

/** What the phone holds back comes first: nothing is shown as received before it is. */
export function chipOf(pending: OutboxState | null, server: SubmissionState | null): Chip {
  if (pending === 'needs_person' || pending === 'blocked_auth') return 'needs_attention'
  if (pending === 'sending') return 'sending'
  if (pending) return 'unsent'
  return server ?? 'draft'
}
