/** Decides which videos may be uploaded now, and why the others may not. */
import { db, type MediaRow, type MediaState } from '@/data/db'
import { readEach } from '@/data/readRows'
import { attachOpOf, isSubmit } from '@/domain/ops'
import { isDue } from '@/sync/backoff'

/** The phone's connection, as far as its browser tells. `saving`: any connection, with data saving switched on. */
export type Network = 'cellular' | 'other' | 'unknown' | 'saving'

/**
 * Why a video may not be uploaded now.
 * `draft`: the person has not sent the submission. `text_first`: the server does not have the submission's text yet.
 * `wifi`: the person allows only Wi-Fi, and the phone is on mobile data. `network_unknown`: the person allows only
 * Wi-Fi, and this browser cannot tell Wi-Fi from mobile data. `save_data`: data saving is on, and the person has not
 * agreed to send these megabytes. `kind_unknown`: only a newer version of this app knows the op that announces a
 * complete upload of this kind.
 */
export type Hold =
  'draft' | 'kind_unknown' | 'text_first' | 'paused' | 'wifi' | 'network_unknown' | 'save_data'

const PENDING: readonly MediaState[] = ['sealed', 'creating', 'patching', 'probing']

/** Whether the video is sealed, not completely uploaded and not waiting for the person. */
export const isPendingUpload = (media: MediaRow): boolean => PENDING.includes(media.state)

/** Also true when the op cannot be read, because an op in the outbox has not been accepted yet. */
const isTextWaiting = (submissionId: string): Promise<boolean> =>
  db.outbox
    .where('entity_id')
    .equals(submissionId)
    .filter((op) => isSubmit(op) && !op.actor)
    .count()
    .then(
      (waiting) => waiting > 0,
      () => true,
    )

/** Why a video may not be uploaded now, apart from a retry time; null when it may. */
export async function holdOf(media: MediaRow, network: Network): Promise<Hold | null> {
  const item = await db.items.get(media.submission_id).catch(() => undefined)
  if (!item) return 'draft'
  if (attachOpOf(item.kind) === null) return 'kind_unknown'
  if (media.paused) return 'paused'
  if (await isTextWaiting(media.submission_id)) return 'text_first'
  if (network === 'saving') return media.data_ok ? null : 'save_data'
  if (!media.wifi_only || network === 'other') return null
  return network === 'cellular' ? 'wifi' : 'network_unknown'
}

/** The videos without a hold, oldest first. Some may still wait for their retry time. */
export async function freeMedia(network: Network): Promise<MediaRow[]> {
  const { rows } = await readEach(db.media)
  const pending = rows.filter(isPendingUpload).sort((a, b) => a.staged_at - b.staged_at)
  const holds = await Promise.all(pending.map((media) => holdOf(media, network)))
  return pending.filter((_, index) => holds[index] === null)
}

/** Milliseconds until the next upload attempt; null when every video is held, so that no timer is needed. */
export async function untilUpload(now: number, network: Network): Promise<number | null> {
  const free = await freeMedia(network)
  if (free.length === 0) return null
  const dues = free.map((media) => (isDue(media.not_before, now) ? 0 : media.not_before - now))
  return Math.max(0, Math.min(...dues))
}
