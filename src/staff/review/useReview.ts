/** One submission as staff see it: read from the server, and moved on by the verdicts of this phone. */
import { computed, watch } from 'vue'
import { decidedItem, keptItem } from '@/data/staff/queries'
import { useLive } from '@/data/useLive'
import { Fault } from '@/domain/fault'
import type { StaffItem } from '@/domain/staffRows'
import { useDesk } from '../desk/desk'
import { staffRpc } from '../desk/staffRpc'
import { useLoad } from '@/data/useLoad'

/** Who may read nothing any more cannot be told from whom this one was hidden. */
async function readItem(id: string): Promise<StaffItem> {
  try {
    return await staffRpc<StaffItem>('review_item', { p_id: id })
  } catch (error) {
    const isDenied = error instanceof Fault && error.code === 'not_allowed'
    throw isDenied ? new Fault('submission_unknown', false) : error
  }
}

/** Call it once per submission (key the component by `id`). */
export function useReview(id: string) {
  const desk = useDesk()
  const { value, state, run } = useLoad(() => readItem(id))
  const decided = useLive(decidedItem(id, desk.userId), null)

  const kept = useLive(keptItem(desk.userId, id), null)
  const stopped = () =>
    desk.ops.value.find((op) => op.entity_id === id && op.actor === desk.userId && op.current)?.current
  const item = computed<StaffItem | null>(() => {
    if (state.value === 'missing') return null // what one may see no more leaves the screen too
    const known = [
      value.value,
      desk.seen.get(id),
      kept.value,
      decided.value,
      stopped() as StaffItem | null | undefined,
    ]
    return known.reduce<StaffItem | null>(
      (best, one) => (one && (!best || one.version > best.version) ? one : best),
      null,
    )
  })
  watch(
    item,
    (fresh) => {
      if (!fresh) return void (state.value === 'missing' && desk.seen.delete(id))
      desk.seen.set(id, fresh)
      desk.queue.patch(fresh)
    },
    { immediate: true },
  )
  /** It left the queue, or this member's sight: the server knows which. */
  watch(kept, (now, before) => before && !now && void run())
  void run()
  return { item, state, reload: run }
}
