import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useWide } from '@/ui/useWide'
import { isModerated } from '../kinds'
import { useReviewQueueStore } from '../queue/reviewQueueStore'

/**
 * Whether the queue stands beside the open submission: on a desktop, once the kind is known to be one that the queue holds. A
 * registration has a list of its own.
 */
export function useListBeside() {
  const route = useRoute()
  const wide = useWide()
  const queue = useReviewQueueStore()
  const kind = computed(() => {
    const { id } = route.params
    return (queue.seen.get(String(id)) ?? queue.items.find((item) => item.id === id))?.kind
  })
  return computed(
    () => wide.value && route.name === 'staff-review' && kind.value !== undefined && isModerated(kind.value),
  )
}
