/** One submission as staff see it: read from the server, and moved on by the verdicts of this phone. */
import { computed, watch } from 'vue'
import { getDecidedItem } from '@/data/staffOps'
import { useLive } from '@/data/useLive'
import type { StaffItem } from '@/domain/staffRows'
import { useDesk } from './desk'
import { staffRpc } from './staffRpc'
import { useLoad } from './useLoad'

/** Call it once per submission (key the component by `id`). */
export function useReview(id: string) {
  const desk = useDesk()
  const { value, state, run } = useLoad(() => staffRpc<StaffItem>('review_item', { p_id: id }))
  const decided = useLive(() => getDecidedItem(id, desk.userId), null)

  const stopped = () =>
    desk.ops.value.find((op) => op.entity_id === id && op.actor === desk.userId && op.current)?.current
  const item = computed<StaffItem | null>(() => {
    const known = [value.value, desk.seen.get(id), decided.value, stopped() as StaffItem | null | undefined]
    return known.reduce<StaffItem | null>(
      (best, one) => (one && (!best || one.version > best.version) ? one : best),
      null,
    )
  })
  watch(
    item,
    (fresh) => {
      if (!fresh) return
      desk.seen.set(id, fresh)
      desk.queue.patch(fresh)
    },
    { immediate: true },
  )
  void run()
  return { item, state, reload: run }
}
