/** One submission as staff see it: the newest of the server's answer, this phone's copy and its verdicts. */
import { computed, watch } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { decidedItem } from '@/data/staff/queries'
import { useLive } from '@/data/useLive'
import type { LoadState } from '@/domain/loadable'
import type { StaffItem } from '@/domain/staffRows'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { useLoad } from '@/data/useLoad'

/** States in which this member may not, or no longer, see the submission. */
const isHidden = (state: LoadState) => state === 'missing' || state === 'denied'

/** Call it once per submission: the desk keys its pages by `id`. */
export function useReview(id: string) {
  const session = useStaffSessionStore()
  const queue = useReviewQueueStore()
  const { userId } = session
  const { value, state, run } = useLoad<StaffItem>(() => answerOf(supabase.rpc('review_item', { p_id: id })))
  const decided = useLive(decidedItem(id, userId), null)
  const kept = computed(() => queue.kept?.items.find((one) => one.id === id) ?? null)
  const stopped = () =>
    session.ops.find((op) => op.entity_id === id && op.actor === userId && op.current)?.current
  const item = computed<StaffItem | null>(() => {
    if (isHidden(state.value)) return null // a submission that may no longer be read leaves the screen
    const known = [
      value.value,
      queue.seen.get(id),
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
      if (fresh) queue.see(fresh)
      else if (isHidden(state.value)) queue.forget(id)
    },
    { immediate: true },
  )
  /** When the copy loses the submission, only the server knows whether it was decided or may no longer be read. */
  watch(kept, (now, before) => before && !now && void run())
  void run()
  return { item, state, reload: run }
}
