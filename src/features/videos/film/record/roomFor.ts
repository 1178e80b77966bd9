/** How long a recording may get in the space of this phone. */
import { Fault } from '@/domain/fault'
import { recordingBits } from '@/media/film/plan'
import type { VideoLimits } from '@/media/inspect'
import { freeBytes } from '@/media/space'

const bytesASecond = (limits: VideoLimits): number => {
  const { videoBitsPerSecond = 0, audioBitsPerSecond = 0 } = recordingBits(limits)
  return (videoBitsPerSecond + audioBitsPerSecond) / 8
}

/** The recording and the copy that is kept of it are on the phone at once. */
const COPIES = 2

/** Milliseconds up to the limit of the campaign. Fault `storage_full` where the shortest video has no room. */
export async function longestHere(limits: VideoLimits): Promise<number> {
  const seconds = (await freeBytes()) / (bytesASecond(limits) * COPIES)
  if (seconds < limits.min_s) throw new Fault('storage_full', false)
  return Math.min(limits.max_s, Math.floor(seconds)) * 1000
}

/** Whether the copy of what was recorded so far would still fit. */
export const isRoomLeft = async (elapsedMs: number, limits: VideoLimits): Promise<boolean> =>
  (await freeBytes()) >= (elapsedMs / 1000) * bytesASecond(limits)
