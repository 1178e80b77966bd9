/** This member's captions that the server does not have: pending, refused, or still being corrected. */
import { computed } from 'vue'
import type { Cue } from '@/domain/video'
import { useUnsent } from '@/staff/review/ownOp'

/** The op kind that saves captions. */
export const KIND = 'video.caption'
/** The name of the form among the replies saved on this device. */
export const KEPT = 'captions'

/** `over`: the saved captions that the member saw while correcting. */
export interface KeptCaptions {
  cues: Cue[]
  /** Absent from what an earlier version kept. */
  voiceless?: boolean
  over: Cue[] | null
}

export const textOf = (cues: readonly Cue[]) => cues.map(({ text }) => text).join('\n')

/** This member's unsaved captions of a submission. Call it in a setup. */
export function useOwnCaptions(id: string) {
  const { op, stopped, kept, remove } = useUnsent(id, KIND, KEPT)
  const payload = computed(
    () => stopped.value?.payload as Pick<KeptCaptions, 'cues' | 'voiceless'> | undefined,
  )
  const stoppedCues = computed(() => payload.value?.cues ?? null)
  const stoppedVoiceless = computed(() => payload.value && (payload.value.voiceless ?? false))
  /** The newest text; null without one. */
  const words = computed(() => {
    const cues = (kept.value as KeptCaptions | undefined)?.cues ?? stoppedCues.value
    return cues && textOf(cues)
  })
  return { op, stopped, stoppedCues, stoppedVoiceless, words, remove }
}
