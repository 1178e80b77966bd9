/** The minute in which a member of staff may take back the last decision, by the server's clock. */
import type { ReviewEvent } from '@/domain/staffRows'

const LONGEST = 60

/** Whole seconds until `until`, 0 to 60 (a clock that is a little off promises no more); 0 without `until`. */
export function undoSeconds(until: string | null, now: Date): number {
  if (!until) return 0
  const seconds = Math.ceil((new Date(until).getTime() - now.getTime()) / 1000)
  return Math.min(LONGEST, Math.max(0, seconds))
}

/** The event that the asking member may still undo at `now`: only the last one of the submission. */
export function undoableEvent(events: readonly ReviewEvent[], now: Date): ReviewEvent | null {
  const last = events.at(-1)
  return last && undoSeconds(last.undo_until, now) > 0 ? last : null
}
