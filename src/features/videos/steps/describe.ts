import type { SealedMedia } from '@/media/store'
import type { Answers } from '../answers'
import type { FoundVideo } from '../film/lookInto'

/** What is said of a copy: its file, and the picture that was taken from it. */
export const describe = (
  media: SealedMedia,
  { durationMs, width, height, poster }: FoundVideo,
): Pick<Answers, 'media' | 'poster'> => ({
  media: { ...media, duration_ms: Math.round(durationMs), width, height },
  poster,
})
