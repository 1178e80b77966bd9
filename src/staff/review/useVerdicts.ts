/** Keeps the lines of the queue at what the server said of this member's decisions, wherever and how fast they were taken. */
import { computed, watch } from 'vue'
import { getDecidedItem } from '@/data/staff/savedOps'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { useReviewQueueStore } from '../queue/reviewQueueStore'

/**
 * Updates the line of a submission when a decision on it, or the undoing of one, has left the outbox. Call it once per desk:
 * the page of the submission, which follows the same row, may be closed by then.
 */
export function useVerdicts(): void {
  const session = useStaffSessionStore()
  const queue = useReviewQueueStore()
  const own = computed(
    () =>
      new Map(
        session.changes
          .filter(({ actor, kind }) => actor === session.userId && kind.startsWith('review.'))
          .map(({ op_id, entity_id }) => [op_id, entity_id]),
      ),
  )

  async function read(id: string): Promise<void> {
    const row = await getDecidedItem(id, session.userId)
    if (row && row.version > (queue.seen.get(id)?.version ?? 0)) queue.see(row)
  }
  watch(own, (now, before) => {
    for (const [opId, id] of before) if (!now.has(opId)) void read(id)
  })
}
