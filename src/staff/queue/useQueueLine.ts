/** What a line of the queue shows of a submission, as card, row or short line: its state, its subject, and where it leads. */
import { computed } from 'vue'
import type { QueueItem } from '@/domain/staffRows'
import { chipOf } from '@/domain/submissionStatus'
import words from '@/i18n/es-MX/staffDesk.json'
import { translator } from '@/i18n/translator'
import { useDeskKitStore } from '../desk/deskKitStore'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { staffKindOf } from '../kinds'
import { filterQuery } from './queueFilter'
import { useReviewQueueStore } from './reviewQueueStore'

const t = translator(words)

export function useQueueLine(item: () => QueueItem) {
  const session = useStaffSessionStore()
  const queue = useReviewQueueStore()
  const kit = useDeskKitStore()
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
  /** Who works on it, in words; null: nobody. */
  const who = computed(() => {
    const assignee = session.assigneeOf(item())
    if (!assignee) return null
    return assignee.id === session.userId ? t('table.you') : kit.nameOf(assignee)
  })
  return { chip, island, about, to, who }
}
