/** This member's captions that the server does not have: pending, refused, or still being corrected. */
import { computed } from 'vue'
import { savedReply } from '@/data/staff/queries'
import { replyPlace } from '@/data/staff/replies'
import { useLive } from '@/data/useLive'
import type { Cue } from '@/domain/video'
import { discardOp } from '@/sync/discard'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'

/** The op kind that saves captions. */
export const KIND = 'video.caption'
/** The name of the form among the replies saved on this device. */
export const KEPT = 'captions'

/** `over`: the saved captions that the member saw while correcting. */
export interface KeptCaptions {
  cues: Cue[]
  over: Cue[] | null
}

export const textOf = (cues: readonly Cue[]) => cues.map(({ text }) => text).join('\n')

/** This member's unsaved captions of a submission. Call it in a setup. */
export function useOwnCaptions(id: string) {
  const session = useStaffSessionStore()
  const { userId } = session
  const op = computed(() =>
    session.ops.findLast((one) => one.entity_id === id && one.kind === KIND && one.actor === userId),
  )
  const stopped = computed(() => (op.value?.state === 'needs_person' ? op.value : null))
  const kept = useLive(savedReply(userId, id, KEPT), undefined)
  const stoppedCues = computed(() => (stopped.value ? (stopped.value.payload as { cues: Cue[] }).cues : null))
  /** The newest text; null without one. */
  const words = computed(() => {
    const cues = (kept.value as KeptCaptions | undefined)?.cues ?? stoppedCues.value
    return cues && textOf(cues)
  })
  async function remove() {
    const place = replyPlace(userId, id, KEPT)
    await place.find()
    await place.drop()
    if (stopped.value) await discardOp(stopped.value.op_id)
  }
  return { op, stopped, stoppedCues, words, remove }
}
