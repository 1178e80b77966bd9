/** The captions of a transcript, by the pauses in its sound. */
import type { Cue } from '@/domain/video'
import { align } from './align'
import { cutCues } from './cut'
import { spokenSpans } from './pauses'
import { wordsOf } from './spokenWords'

/** `levels`: of the sound, `LEVELS_HZ` a second. Empty when nothing is written, or nothing is heard. */
export function cuesOf(transcript: string, levels: readonly number[]): Cue[] {
  const words = wordsOf(transcript)
  const times = align(words, spokenSpans(levels))
  return times.length === 0 ? [] : cutCues(words, times)
}
