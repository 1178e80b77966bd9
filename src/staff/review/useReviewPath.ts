/** Where one goes from an open submission: the list it stands in, the next one to decide, its neighbours. */
import { computed, watch } from 'vue'
import { type RouteLocationRaw, useRouter } from 'vue-router'
import type { StaffItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { isModerated, staffKindOf } from '../kinds'
import { filterQuery } from '../queue/queueFilter'
import { leftToDecide, nextToDecide, stepFrom } from '../queue/queuePages'
import { useReviewQueueStore } from '../queue/reviewQueueStore'

/** So many are kept ahead: whoever decides one after the other never sees the end of the list too soon. */
const AHEAD = 10

export function useReviewPath(id: string, item: () => StaffItem | null) {
  const router = useRouter()
  const session = useStaffSessionStore()
  const queue = useReviewQueueStore()

  const query = computed(() => filterQuery(queue.filter))
  const at = (other: string) => ({ name: 'staff-review', params: { id: other }, query: query.value })
  /** The list of a kind that the queue does not hold; undefined for the others. */
  const ownList = computed(() => {
    const open = item()
    return open && !isModerated(open.kind) ? staffKindOf(open.kind)?.listOf?.(open.folio) : undefined
  })
  const toList = computed<RouteLocationRaw>(
    () => ownList.value?.to ?? { name: 'staff-queue', query: query.value },
  )
  const taken = computed(() => new Set(session.changes.map((op) => op.entity_id)))
  const next = computed(() => (ownList.value ? null : nextToDecide(queue.items, id, taken.value)))
  const toNext = computed(() => (next.value ? at(next.value.id) : toList.value))
  watch(
    () => queue.next && leftToDecide(queue.items, taken.value).length < AHEAD && queue.next,
    (place) => place && void queue.loadMore(),
    { immediate: true },
  )

  /** Opens the submission after or before this one in the queue. */
  function move(by: 1 | -1): void {
    const other = ownList.value ? null : stepFrom(queue.items, id, by)
    if (other) void router.push(at(other.id))
  }
  return { query, ownList, toList, next, toNext, move }
}
