/**
 * Makes the public copy of a video in this browser: 720 lines at most, H.264 and AAC in an MP4 that plays while it arrives, without
 * anything but picture and sound. What is coded so already is only packed anew.
 */
import { Fault } from '@/domain/fault'
import { lookAt, makeFile } from '@/media/film/filmer'
import { MOST_BYTES, recipeFor, SHORT_SIDE } from '@/media/film/plan'
import { codedAs, type Coded, fastStart, type MadeCopy } from '@/media/fastStart'

export const isReady = ({ picture, sound, width, height }: Coded, bytes: number): boolean =>
  picture === 'avc' &&
  (sound === null || sound === 'aac') &&
  Math.min(width, height) <= SHORT_SIDE &&
  bytes <= MOST_BYTES

interface Watching {
  signal: AbortSignal
  onShare: (share: number) => void
}

/** Faults: `cannot_decode` and `cannot_encode` by this browser, `copy_not_clean`, `copy_failed`. An abort rejects with its reason. */
export async function makeCopy(original: Blob, durationMs: number, watching: Watching): Promise<MadeCopy> {
  const coded = await codedAs(original)
  if (isReady(coded, original.size)) return await fastStart(original, watching.signal)
  const seen = await lookAt(original, watching.signal)
  if (!seen?.decodesPicture || seen.decodesSound === false) throw new Fault('cannot_decode', false)
  if (!seen.encodesPicture) throw new Fault('cannot_encode', false)
  const limits = { min_s: 0, max_s: durationMs / 1000, max_bytes: MOST_BYTES }
  const recipe = recipeFor({ startS: 0, endS: durationMs / 1000 }, coded, seen, limits)
  const made = await makeFile({ file: original, recipe, maxBytes: MOST_BYTES }, watching)
  return await fastStart(made, watching.signal)
}
