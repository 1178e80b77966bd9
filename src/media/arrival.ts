/** Applies the server's status of a video, as the last pull brought it, to the copy on this phone. */
import { db, type MediaRow } from '@/data/db'
import { mineScope } from '@/data/items'
import { dropBytes } from '@/data/mediaRows'
import { readEach } from '@/data/readRows'
import type { Change } from './outcomes'

/** The part of a submission's content that describes its video. */
interface WithMedia {
  content?: { media?: { id: string; status: string } }
}

/** Whether the server judged or received this file, and has another one in its place, from another device. */
const isReplaced = ({ id, state, code, replaces }: MediaRow, pulled: string): boolean =>
  pulled !== id && pulled !== replaces && (state === 'uploaded' || code === 'media_mismatch')

/** The status of the video that the last pull brought, or `replaced`; null when no pull has brought one. */
export async function statusOf(media: MediaRow): Promise<string | null> {
  const { submission_id } = media
  const base = await db.base
    .get([mineScope(submission_id), 'submission', submission_id])
    .catch(() => undefined)
  const pulled = (base?.row as WithMedia | undefined)?.content?.media
  if (!pulled) return null
  if (isReplaced(media, pulled.id)) return 'replaced'
  return pulled.id === media.id ? pulled.status : null
}

/** `drop`: the server has verified its copy, or the person withdrew or replaced the video on another device. */
function consequence(media: MediaRow, status: string | null): Change | 'drop' | null {
  if (status === 'verified' || status === 'removed' || status === 'replaced') return 'drop'
  if (status === 'attached') return media.state === 'uploaded' ? null : { state: 'uploaded', code: null }
  if (status === 'mismatch' || status === 'expired') return { state: 'needs_person', code: `media_${status}` }
  return null
}

/** Applies the pulled status to every video on this phone. Runs in the caller's transaction. */
export async function followArrivals(): Promise<void> {
  for (const media of (await readEach(db.media)).rows) {
    const what = media.state === 'staging' ? null : consequence(media, await statusOf(media))
    if (what === 'drop') await dropBytes(media.id)
    else if (what) await db.media.update(media.id, what)
  }
}
