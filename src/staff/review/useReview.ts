/** One submission as staff see it: the newest of the server's answer, this phone's copy and its verdicts. */
import { computed, watch } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { decidedItem } from '@/data/staff/queries'
import { useLive } from '@/data/useLive'
import { Fault } from '@/domain/fault'
import type { StaffItem } from '@/domain/staffRows'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { useLoad } from '@/data/useLoad'

/** A member without a role that reads the queue gets `not_allowed`. For this page that is a missing submission too. */
async function readItem(id: string): Promise<StaffItem> {
  try {
    return await answerOf(supabase.rpc('review_item', { p_id: id }))
  } catch (error) {
    const isDenied = error instanceof Fault && error.code === 'not_allowed'
    throw isDenied ? new Fault('submission_unknown', false) : error
  }
}

/** Call it once per submission: the desk keys its pages by `id`. */
export function useReview(id: string) {
  const session = useStaffSessionStore()
  const queue = useReviewQueueStore()
  const { userId } = session
  const { value, state, run } = useLoad(() => readItem(id))
  const decided = useLive(decidedItem(id, userId), null)
  const kept = computed(() => queue.kept?.items.find((one) => one.id === id) ?? null)
  const stopped = () =>
    session.ops.find((op) => op.entity_id === id && op.actor === userId && op.current)?.current
  const item = computed<StaffItem | null>(() => {
    if (state.value === 'missing') return null // a submission that may no longer be read leaves the screen
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
      else if (state.value === 'missing') queue.forget(id)
    },
    { immediate: true },
  )
  /** When the copy loses the submission, only the server knows whether it was decided or may no longer be read. */
  watch(kept, (now, before) => before && !now && void run())
  void run()
  return { item, state, reload: run }
}
