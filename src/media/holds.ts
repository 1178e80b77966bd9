/** Which videos may travel now, and what holds back the others. */
import { db, type MediaRow, type MediaState } from '@/data/db'
import { readEach } from '@/data/readRows'
import { attachOpOf, isSubmit } from '@/domain/ops'
import { isDue } from '@/sync/backoff'

/** What the phone is connected by, as far as its browser tells. `saving`: by whatever, and told to save data. */
export type Network = 'cellular' | 'other' | 'unknown' | 'saving'

/**
 * `draft`: nothing was sent yet. `text_first`: the server must know the submission before its bytes.
 * `wifi`: on mobile data against the person's wish. `network_unknown`: this browser does not tell mobile
 * data from Wi-Fi, so the wish is kept until the person lifts it. `save_data`: the phone was told to save
 * data, and its person has not yet said yes to these megabytes. `kind_unknown`: only a newer version of this app can
 * tell the server that it has every byte.
 */
export type Hold =
  'draft' | 'kind_unknown' | 'text_first' | 'paused' | 'wifi' | 'network_unknown' | 'save_data'

const TRAVELLING: readonly MediaState[] = ['sealed', 'creating', 'patching', 'probing']

export const isTravelling = (media: MediaRow): boolean => TRAVELLING.includes(media.state)

/** Also where the text cannot be read: it was not sent then. */
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

/** What holds a video back besides time; null when nothing does. */
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

/** The videos that nothing but time holds back, the oldest first. */
export async function freeMedia(network: Network): Promise<MediaRow[]> {
  const { rows } = await readEach(db.media)
  const travelling = rows.filter(isTravelling).sort((a, b) => a.staged_at - b.staged_at)
  const holds = await Promise.all(travelling.map((media) => holdOf(media, network)))
  return travelling.filter((_, index) => holds[index] === null)
}

/** Milliseconds until the next attempt at sending bytes; null when waiting alone sends nothing. */
export async function untilUpload(now: number, network: Network): Promise<number | null> {
  const free = await freeMedia(network)
  if (free.length === 0) return null
  const dues = free.map((media) => (isDue(media.not_before, now) ? 0 : media.not_before - now))
  return Math.max(0, Math.min(...dues))
}
