/** What the server's own row of a submission says of the video, and what follows from it on this phone. */
import { db, type MediaRow } from '@/data/db'
import { mineScope } from '@/data/items'
import { dropBytes } from '@/data/mediaRows'
import { readEach } from '@/data/readRows'
import type { Change } from './outcomes'

/** As the content of a submission with a file has it. */
interface WithMedia {
  content?: { media?: { id: string; status: string } }
}

/** The status last pulled; null when the server has not told of this video. */
export async function statusOf(media: MediaRow): Promise<string | null> {
  const { submission_id } = media
  const base = await db.base
    .get([mineScope(submission_id), 'submission', submission_id])
    .catch(() => undefined)
  const told = (base?.row as WithMedia | undefined)?.content?.media
  return told?.id === media.id ? told.status : null
}

/** `drop`: the server's copy was proved whole, or the person withdrew it elsewhere. */
function consequence(media: MediaRow, status: string | null): Change | 'drop' | null {
  if (status === 'verified' || status === 'removed') return 'drop'
  if (status === 'attached') return media.state === 'uploaded' ? null : { state: 'uploaded', code: null }
  if (status === 'mismatch' || status === 'expired') return { state: 'needs_person', code: `media_${status}` }
  return null
}

/** Follows the news about every video of this phone. In the caller's transaction. */
export async function followArrivals(): Promise<void> {
  for (const media of (await readEach(db.media)).rows) {
    const what = media.state === 'staging' ? null : consequence(media, await statusOf(media))
    if (what === 'drop') await dropBytes(media.id)
    else if (what) await db.media.update(media.id, what)
  }
}
