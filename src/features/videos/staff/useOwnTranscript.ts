/** A transcript of this member that the server does not have: on its way, stopped, or still being written. */
import { computed } from 'vue'
import { savedReply } from '@/data/staff/queries'
import { dropReplies } from '@/data/staff/replies'
import { useLive } from '@/data/useLive'
import { discardOp } from '@/sync/discard'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'

export const KIND = 'video.transcribe'
/** The place of the form among the replies kept on this phone. */
export const KEPT = 'transcript'

/** `over`: the transcript that was there when this was written. */
export interface KeptTranscript {
  text: string
  over: string | null
}

/** What was kept. An earlier version of the app kept the text alone, written where none was known of. */
export function readKept(kept: unknown): KeptTranscript | null {
  if (typeof kept === 'string') return { text: kept, over: null }
  return (kept as KeptTranscript | undefined) ?? null
}

export function useOwnTranscript(id: string) {
  const session = useStaffSessionStore()
  const { userId } = session
  const op = computed(() =>
    session.ops.findLast((one) => one.entity_id === id && one.kind === KIND && one.actor === userId),
  )
  const stopped = computed(() => (op.value?.state === 'needs_person' ? op.value : null))
  const kept = useLive(savedReply(userId, id, KEPT), undefined)
  const stoppedText = computed(() =>
    stopped.value ? (stopped.value.payload as { transcript: string }).transcript : null,
  )
  /** The newest of its words; null when there are none. */
  const words = computed(() => readKept(kept.value)?.text || stoppedText.value)
  async function remove() {
    await dropReplies(userId, id, [KEPT])
    if (stopped.value) await discardOp(stopped.value.op_id)
  }
  return { op, stopped, stoppedText, words, remove }
}
