/** This member's transcript that the server does not have: pending, refused, or still being written. */
import { computed } from 'vue'
import { useUnsent } from '@/staff/review/ownOp'

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
  const { op, stopped, kept, remove } = useUnsent(id, KIND, KEPT)
  const stoppedText = computed(() =>
    stopped.value ? (stopped.value.payload as { transcript: string }).transcript : null,
  )
  /** The newest text; null without one. */
  const words = computed(() => readKept(kept.value)?.text || stoppedText.value)
  return { op, stopped, stoppedText, words, remove }
}
