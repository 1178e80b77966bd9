/** This member's transcript that the server does not have: pending, refused, or still being written. */
import { computed } from 'vue'
import { savedReply } from '@/data/staff/queries'
import { replyPlace } from '@/data/staff/replies'
import { useLive } from '@/data/useLive'
import { discardOp } from '@/sync/discard'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'

/** The op kind that saves a transcript. */
export const KIND = 'video.transcribe'
/** The name of the form among the replies saved on this device. */
export const KEPT = 'transcript'

/** `over`: the saved transcript that the member saw while writing. */
export interface KeptTranscript {
  text: string
  over: string | null
}

/** Reads a stored transcript. An earlier version stored only the text, for submissions without a transcript. */
export function readKept(kept: unknown): KeptTranscript | null {
  if (typeof kept === 'string') return { text: kept, over: null }
  return (kept as KeptTranscript | undefined) ?? null
}

/** This member's unsaved transcript of a submission. Call it in a setup. */
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
  /** The newest text; null without one. */
  const words = computed(() => readKept(kept.value)?.text || stoppedText.value)
  async function remove() {
    const place = replyPlace(userId, id, KEPT)
    await place.find()
    await place.drop()
    if (stopped.value) await discardOp(stopped.value.op_id)
  }
  return { op, stopped, stoppedText, words, remove }
}
