/** Decides which videos may be uploaded now, and why the others may not. */
import { db, type MediaRow, type MediaState } from '@/data/db'
import { readEach } from '@/data/readRows'
import { attachOpOf, isReplace, isSubmit } from '@/domain/ops'
import { isDue } from '@/sync/backoff'

/** The phone's connection, as far as its browser tells. `saving`: any connection, with data saving switched on. */
export type Network = 'cellular' | 'other' | 'unknown' | 'saving'

/**
 * Why a video may not be uploaded now.
 * `draft`: the person has not sent the submission. `text_first`: the server does not have the submission's text yet.
 * `announced_first`: the server has not accepted yet that this file goes in the place of a held one.
 * `wifi`: the person allows only Wi-Fi, and the phone is on mobile data. `network_unknown`: the person allows only
 * Wi-Fi, and this browser cannot tell Wi-Fi from mobile data. `save_data`: data saving is on, and the person has not
 * agreed to send these megabytes. `kind_unknown`: only a newer version of this app knows the op that announces a
 * complete upload of this kind.
 */
export type Hold =
  | 'draft'
  | 'kind_unknown'
  | 'text_first'
  | 'announced_first'
  | 'paused'
  | 'wifi'
  | 'network_unknown'
  | 'save_data'

const PENDING: readonly MediaState[] = ['sealed', 'creating', 'patching', 'probing']

/** Whether the video is sealed, not completely uploaded and not waiting for the person. */
export const isPendingUpload = (media: MediaRow): boolean => PENDING.includes(media.state)

/** The op without which the server does not take the file. An op that cannot be read has not been accepted yet. */
const waitsFor = (submissionId: string): Promise<Hold | null> =>
  db.outbox
    .where('entity_id')
    .equals(submissionId)
    .filter((op) => !op.actor && (isSubmit(op) || isReplace(op)))
    .first()
    .then(
      (op) => op && (isSubmit(op) ? 'text_first' : 'announced_first'),
      () => 'text_first' as const,
    )
    .then((hold) => hold ?? null)

/** Why a video may not be uploaded now, apart from a retry time; null when it may. */
export async function holdOf(media: MediaRow, network: Network): Promise<Hold | null> {
  const item = await db.items.get(media.submission_id).catch(() => undefined)
  if (!item) return 'draft'
  if (attachOpOf(item.kind) === null) return 'kind_unknown'
  if (media.paused) return 'paused'
  const waiting = await waitsFor(media.submission_id)
  if (waiting) return waiting
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
