/** Looks into a chosen file where it lies: whether it may be sent, how it is coded, and what this phone can do with it. */
import { loadCleaner } from '@/media/cleaner'
import { lookAt } from '@/media/film/filmer'
import { usualCover } from '@/media/film/part'
import { wholePart, type Seen } from '@/media/film/plan'
import { inspectVideo, type Inspected, type MediaRefusal, type VideoLimits } from '@/media/inspect'
import { makePoster } from '@/media/poster'

/** `codec` of the picture; null: unknown. `poster` is null when this phone cannot show the picture. */
export interface FoundVideo extends Inspected {
  codec: string | null
  poster: string | null
}

export type Looked = { found: FoundVideo; seen: Seen | null } | { refusal: MediaRefusal }

/** A file that cannot be read is unreadable. An abort rejects. */
export async function lookInto(file: Blob, limits: VideoLimits, signal: AbortSignal): Promise<Looked> {
  const found = await inspectVideo(file, limits)
  if ('refusal' in found) return found
  const { judgeFile } = await loadCleaner()
  const judged = await judgeFile({ file, mime: found.mime }).catch(() => null)
  signal.throwIfAborted()
  if (judged === null) return { refusal: 'media_unreadable' }
  if (judged.tells.includes('truncated')) return { refusal: 'media_truncated' }
  const poster = await makePoster(file, usualCover(wholePart(found.durationMs, limits)))
  return { found: { ...found, codec: judged.picture, poster }, seen: await lookAt(file, signal) }
}
