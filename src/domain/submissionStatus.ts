/** What the chip of a submission says: the one truth shown in lists, details and the staff's queue. */
import type { Seat } from './registration'
import type { SubmissionRow } from './rows'
import type { MediaStatus } from './video'

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

const CHIP_OF_FILE: Partial<Record<MediaStatus, Chip>> = {
  awaiting_upload: 'video_missing',
  mismatch: 'needs_attention',
  expired: 'needs_attention',
}

/** Of several days the one that asks something of the person speaks first, then what is still open. */
const SEATS: readonly Seat['status'][] = ['offered', 'waiting', 'confirmed', 'attended', 'cancelled']

function chipOfSeats(seats: readonly Seat[]): Chip | undefined {
  const first = SEATS.find((status) => seats.some((seat) => seat.status === status))
  return first && `seat_${first}`
}

/** What the server says of a submission. Nothing is received before every byte of it is. */
export function chipOfRow(row: SubmissionRow): Chip {
  const isUndecided = row.state === 'received' || row.state === 'in_review'
  if (isUndecided && row.kind === 'videos') return CHIP_OF_FILE[row.content.media.status] ?? row.state
  if (isUndecided && row.kind === 'jornadas') return chipOfSeats(row.content.seats) ?? row.state
  return row.state
}

/** What the phone holds back comes first: nothing is shown as received before it is. */
export function chipOf(pending: OutboxState | null, server: Chip | null): Chip {
  if (pending === 'needs_person' || pending === 'blocked_auth') return 'needs_attention'
  if (pending === 'sending') return 'sending'
  if (pending) return 'unsent'
  return server ?? 'draft'
}
