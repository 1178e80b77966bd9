/** The minute in which a member may undo the last decision, by the server's clock. */
import type { ReviewEvent } from '@/domain/staffRows'

const LONGEST = 60

/** Whole seconds until `until`, from 0 to 60 even when the phone's clock is behind; 0 without `until`. */
export function undoSeconds(until: string | null, now: Date): number {
  if (!until) return 0
  const seconds = Math.ceil((new Date(until).getTime() - now.getTime()) / 1000)
  return Math.min(LONGEST, Math.max(0, seconds))
}

/** The event that the member may still undo at `now`: the last one of the submission, or null. */
export function undoableEvent(events: readonly ReviewEvent[], now: Date): ReviewEvent | null {
  const last = events.at(-1)
  return last && undoSeconds(last.undo_until, now) > 0 ? last : null
}
