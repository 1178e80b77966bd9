/** What a line of the queue shows of a submission, as card, row or short line: its state, its subject, and where it leads. */
import { computed } from 'vue'
import type { QueueItem } from '@/domain/staffRows'
import { chipOf } from '@/domain/submissionStatus'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { staffKindOf } from '../kinds'
import { filterQuery } from './queueFilter'
import { useReviewQueueStore } from './reviewQueueStore'

export function useQueueLine(item: () => QueueItem) {
  const session = useStaffSessionStore()
  const queue = useReviewQueueStore()
  /** The state as this phone knows it: of this member's unsent op, or the server's. */
  const chip = computed(() => {
    const { id, state } = item()
    const pending = session.changes.find((op) => op.entity_id === id && op.actor === session.userId)
    return chipOf(pending?.state ?? null, state)
  })
  const island = computed(() => staffKindOf(item().kind))
  const about = computed(() => item().part_label ?? island.value?.missingPart)
  const to = computed(() => ({
    name: 'staff-review',
    params: { id: item().id },
    query: filterQuery(queue.filter),
  }))
  return { chip, island, about, to }
}
