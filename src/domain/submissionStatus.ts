/** The chip of a submission, which is the same in lists, on its page and in the staff's queue. */
import { kindNamed } from './kinds'
import type { SubmissionRow } from './rows'

export const CHIPS = [
  'draft',
  'unsent',
  'sending',
  'video_here', // the server has the text; this phone has the bytes
  'video_missing', // the server has the text but not the bytes, and this phone does not have them
  'needs_attention',
  'seat_offered',
  'seat_waiting',
  'seat_held', // until its person is confirmed
  'seat_confirmed',
  'seat_attended',
  'seat_cancelled', // all days are cancelled
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

/** The state of an op in the outbox (`sync/drain.ts` draws the transitions). */
export type OutboxState = 'queued' | 'sending' | 'retry_wait' | 'blocked_auth' | 'needs_person'

/** The chip of a server's row. A submission counts as received only when the server has all its bytes. */
export function chipOfRow(row: SubmissionRow): Chip {
  const isUndecided = row.state === 'received' || row.state === 'in_review'
  return (isUndecided && kindNamed(row.kind)?.chipOf?.(row.content)) || row.state
}

/** The chip of a submission, from its oldest op's state and the server's chip. The op comes first. */
export function chipOf(pending: OutboxState | null, server: Chip | null): Chip {
  if (pending === 'needs_person' || pending === 'blocked_auth') return 'needs_attention'
  if (pending === 'sending') return 'sending'
  if (pending) return 'unsent'
  return server ?? 'draft'
}
