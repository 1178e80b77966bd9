/** Cuts captions from the transcript and the sound of the stored video. */
import { ref } from 'vue'
import { openFile } from '@/data/staff/useOpenedFile'
import type { Cue, StaffVideoContent } from '@/domain/video'
import { cuesOf } from '../../captions/cuesOf'
import { LEVELS_HZ } from '../../captions/pauses'
import { soundLevels } from '../../captions/soundLevels'

/** A sound that never pauses: the words share the whole time. */
const steady = (durationMs: number) =>
  Array.from({ length: Math.max(1, Math.round((durationMs / 1000) * LEVELS_HZ)) }, () => 0)

/** The levels of the stored sound; null where this browser cannot decode it. Rejects when it cannot be fetched. */
async function fetchLevels(name: string): Promise<number[] | null> {
  const { url } = await openFile('videos-intake', name)
  const response = await fetch(url)
  if (!response.ok) throw new TypeError('not fetched')
  return soundLevels(await response.blob())
}

export function useCutting() {
  const state = ref<'idle' | 'busy' | 'failed' | 'unheard'>('idle')
  /** Null when the sound could not be fetched. Sound that is not decoded here gives lines of equal pace, and says so. */
  async function cut({ transcript, media }: StaffVideoContent): Promise<Cue[] | null> {
    state.value = 'busy'
    try {
      const levels = await fetchLevels(media.id)
      const cues = levels ? cuesOf(transcript ?? '', levels) : []
      state.value = cues.length > 0 ? 'idle' : 'unheard'
      return cues.length > 0 ? cues : cuesOf(transcript ?? '', steady(media.duration_ms))
    } catch {
      state.value = 'failed'
      return null
    }
  }
  return { state, cut }
}
