/** What a screen shows of a video on its way, and what the person may ask for. */
import { db, type MediaRow } from '@/data/db'
import { HOLD_TABLES } from '@/data/mediaRows'
import { dropPending } from '@/data/overlay'
import type { LiveQuery } from '@/data/queries'
import { readEach } from '@/data/readRows'
import { asStorage } from '@/data/storageFault'
import { isFinalMedia, type AttachCode, type MediaCode } from '@/domain/mediaCodes'
import { isAttach } from '@/domain/ops'
import type { Refusal } from '@/domain/refusals'
import { shareSent } from '@/domain/video'
import { poke } from '@/sync/poke'
import { holdOf, isTravelling, type Hold, type Network } from './holds'
import { readNetwork } from './network'

/** `waiting`: for what `reason` says, or for its turn. `uploaded`: the server has every byte. */
export type TransferState = 'waiting' | 'sending' | 'paused' | 'uploaded' | 'needs_person'

/** Why it waits or stopped. Beside the closed ones, any refusal of the op that says that every byte is there. */
export type TransferReason = Exclude<Hold, 'paused'> | MediaCode | AttachCode | Refusal

export interface Transfer {
  mediaId: string
  state: TransferState
  /** Bytes. `sent` counts only what the server confirmed. */
  sent: number
  total: number
  /** Whole percent of that, as the chip says it too; 100 only when the server has every byte. */
  percent: number
  reason: TransferReason | null
  paused: boolean
  /** Paused for good, at the person's word; the video is still here. */
  cancelled: boolean
  wifiOnly: boolean
}

function stateOf(media: MediaRow, hold: Hold | null): TransferState {
  if (media.state === 'needs_person' || media.state === 'uploaded') return media.state
  if (hold) return hold === 'paused' ? 'paused' : 'waiting'
  return media.not_before > 0 || media.state === 'sealed' ? 'waiting' : 'sending'
}

const attachesOf = async (submissionId: string) =>
  (await db.outbox.where('entity_id').equals(submissionId).toArray()).filter(isAttach)

/** Why the server did not hear that every byte is there; null while it may. */
async function refusalOf(submissionId: string): Promise<TransferReason | null> {
  const refused = (await attachesOf(submissionId)).find(({ state }) => state === 'needs_person')
  return (refused?.code as Refusal | undefined) ?? null
}

async function transferOf(media: MediaRow, network: Network): Promise<Transfer> {
  const hold = isTravelling(media) ? await holdOf(media, network) : null
  const refused = media.state === 'uploaded' ? await refusalOf(media.submission_id) : null
  const { id, offset, bytes, code, paused, cancelled, wifi_only } = media
  const reason = hold === 'paused' ? null : (hold ?? refused ?? code)
  const state = refused ? 'needs_person' : stateOf(media, hold)
  return {
    mediaId: id,
    state,
    sent: offset,
    total: bytes,
    percent: state === 'uploaded' ? 100 : Math.floor(shareSent(offset, bytes) * 100),
    reason,
    paused,
    cancelled: isTravelling(media) && paused && !!cancelled,
    wifiOnly: wifi_only,
  }
}

/** The sealed videos of this phone by their submission. What the server verified is not here any more. */
export async function readTransfers(network: Network): Promise<ReadonlyMap<string, Transfer>> {
  const found = new Map<string, Transfer>()
  for (const media of (await readEach(db.media)).rows) {
    const isNew = media.state !== 'staging' && !found.has(media.submission_id)
    if (isNew) found.set(media.submission_id, await transferOf(media, network))
  }
  return found
}

/** The same, by the network of the moment. */
export const transfers: LiveQuery<ReadonlyMap<string, Transfer>> = {
  tables: HOLD_TABLES,
  read: () => readTransfers(readNetwork()),
}

type Wish = (media: MediaRow) => Partial<MediaRow>

async function change(submissionId: string, wish: Wish): Promise<void> {
  await asStorage(() =>
    db.media
      .where('submission_id')
      .equals(submissionId)
      .filter((media) => media.state !== 'staging')
      .modify((media) => void Object.assign(media, wish(media))),
  )
  poke()
}

/** Stops sending at once; what the server has stays there. */
export const pauseTransfer = (submissionId: string) => change(submissionId, () => ({ paused: true }))

const goOn: Wish = (media) => {
  const isStopped = media.state === 'needs_person' && !isFinalMedia(media.code)
  const again = isStopped && { state: media.upload_url ? ('probing' as const) : ('sealed' as const) }
  return {
    paused: false,
    cancelled: false,
    not_before: 0,
    ...(again && { ...again, code: null, attempts: 0 }),
  }
}

/**
 * Goes on now: after a pause, instead of waiting, or after a fault that needed the person. A video whose
 * op to say so was refused or dropped is asked for again from where the server has it.
 */
export async function resumeTransfer(submissionId: string): Promise<void> {
  await asStorage(() => reopenUnattached(submissionId))
  await change(submissionId, goOn)
}

const reopenUnattached = (submissionId: string): Promise<void> =>
  db.transaction('rw', [db.media, db.outbox, db.overlay], async () => {
    const attaching = await attachesOf(submissionId)
    if (attaching.some((op) => op.state !== 'needs_person')) return
    await db.outbox.bulkDelete(attaching.map((op) => op.seq))
    await dropPending(attaching)
    await db.media
      .where('submission_id')
      .equals(submissionId)
      .filter((media) => media.state === 'uploaded')
      .modify({ state: 'sealed', upload_url: null, offset: 0, code: null })
  })

/** Whether mobile data may be spent on it. Whoever wants it sent only by Wi-Fi takes back an earlier yes. */
export const setWifiOnly = (submissionId: string, wifiOnly: boolean) =>
  change(submissionId, () => (wifiOnly ? { wifi_only: true, data_ok: false } : { wifi_only: false }))

/** Goes on now over whatever network there is: the person was asked with the megabytes, and said yes. */
export const sendAnyway = (submissionId: string) =>
  change(submissionId, (media) => ({ ...goOn(media), wifi_only: false, data_ok: true }))

/**
 * Stops sending for good; the sealed video stays on this phone, and a later «send» begins from its first byte.
 * What the server has is swept there. What has all been sent already is no longer to be cancelled.
 */
export const cancelTransfer = (submissionId: string) =>
  change(submissionId, ({ state }) =>
    state === 'uploaded'
      ? {}
      : { paused: true, cancelled: true, state: 'sealed', upload_url: null, offset: 0, code: null },
  )
