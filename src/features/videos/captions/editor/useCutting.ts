/** Cuts captions from a transcript and the sound of its video. */
import { ref } from 'vue'
import type { Cue } from '@/domain/video'
import { cuesOf } from '../cuesOf'
import { LEVELS_HZ } from '../pauses'
import { soundLevels } from '../soundLevels'

/** A sound that never pauses: the words share the whole time. */
const steady = (durationMs: number) =>
  Array.from({ length: Math.max(1, Math.round((durationMs / 1000) * LEVELS_HZ)) }, () => 0)

/** The whole video. Rejects when it cannot be fetched. */
export async function fetchWhole(url: string): Promise<Blob> {
  const response = await fetch(url)
  if (!response.ok) throw new TypeError('not fetched')
  return await response.blob()
}

/** `file` brings the video and rejects when it cannot. */
export function useCutting(file: () => Promise<Blob>) {
  const state = ref<'idle' | 'busy' | 'failed' | 'unheard'>('idle')
  /** Null when the sound could not be fetched. Sound that is not decoded here gives lines of equal pace, and says so. */
  async function cut(transcript: string, durationMs: number): Promise<Cue[] | null> {
    state.value = 'busy'
    try {
      const levels = await soundLevels(await file())
      const cues = levels ? cuesOf(transcript, levels) : []
      state.value = cues.length > 0 ? 'idle' : 'unheard'
      return cues.length > 0 ? cues : cuesOf(transcript, steady(durationMs))
    } catch {
      state.value = 'failed'
      return null
    }
  }
  return { state, cut }
}
