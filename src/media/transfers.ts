/** The state of uploads for screens, and the commands that a person can give. */
import { db, type MediaRow, type OutboxOp } from '@/data/db'
import { HOLD_TABLES } from '@/data/mediaRows'
import { dropPending } from '@/data/overlay'
import type { LiveQuery } from '@/data/queries'
import { readEach } from '@/data/readRows'
import { asStorage } from '@/data/storageFault'
import { isFinalMedia, type AttachCode, type MediaCode } from '@/domain/mediaCodes'
import { isAttach, isReplace } from '@/domain/ops'
import type { Refusal } from '@/domain/refusals'
import { shareSent } from '@/domain/video'
import { poke } from '@/sync/poke'
import { holdOf, isPendingUpload, type Hold, type Network } from './holds'
import { readNetwork } from './network'

/** `waiting`: for the `reason`, or for its turn when that is null. `uploaded`: the server has every byte. */
export type TransferState = 'waiting' | 'sending' | 'paused' | 'uploaded' | 'needs_person'

/** Why the transfer waits or stopped. Includes every refusal of the ops that announce a file or its complete upload. */
export type TransferReason = Exclude<Hold, 'paused'> | MediaCode | AttachCode | Refusal | 'conflict'

export interface Transfer {
  mediaId: string
  state: TransferState
  /** Bytes. `sent` counts only bytes that the server has confirmed. */
  sent: number
  total: number
  /** Whole percent of `sent`, the same as in the chip; 100 only when the server has every byte. */
  percent: number
  reason: TransferReason | null
  paused: boolean
  /** The person cancelled the upload. The video is still on this phone. */
  cancelled: boolean
  wifiOnly: boolean
  /** The id of the held file in whose place this one goes; null for a first file. */
  replaces: string | null
  /** The id of the op that announces this file in the place of a held one, while the server has not accepted it. */
  announcing: string | null
}

function stateOf(media: MediaRow, hold: Hold | null): TransferState {
  if (media.state === 'needs_person' || media.state === 'uploaded') return media.state
  if (hold) return hold === 'paused' ? 'paused' : 'waiting'
  return media.not_before > 0 || media.state === 'sealed' ? 'waiting' : 'sending'
}

const attachesOf = async (submissionId: string) =>
  (await db.outbox.where('entity_id').equals(submissionId).toArray()).filter(isAttach)

/** The refusal of an op about the file; null when none was refused. */
const refusalIn = (ops: readonly OutboxOp[]): TransferReason | null =>
  (ops.find(({ state }) => state === 'needs_person')?.code as Refusal | undefined) ?? null

/** The ops that announce a file in the place of a held one. */
const replacesOf = async (submissionId: string) =>
  (await db.outbox.where('entity_id').equals(submissionId).toArray()).filter(isReplace)

async function transferOf(media: MediaRow, network: Network): Promise<Transfer> {
  const hold = isPendingUpload(media) ? await holdOf(media, network) : null
  const replacing = media.replaces ? await replacesOf(media.submission_id) : []
  const about = media.state === 'uploaded' ? await attachesOf(media.submission_id) : replacing
  const refused = refusalIn(about)
  const { id, offset, bytes, code, paused, cancelled, wifi_only } = media
  const reason = refused ?? (hold === 'paused' ? null : (hold ?? code))
  const state = refused ? 'needs_person' : stateOf(media, hold)
  return {
    mediaId: id,
    state,
    sent: offset,
    total: bytes,
    percent: state === 'uploaded' ? 100 : Math.floor(shareSent(offset, bytes) * 100),
    reason,
    paused,
    cancelled: isPendingUpload(media) && paused && !!cancelled,
    wifiOnly: wifi_only,
    replaces: media.replaces ?? null,
    announcing: replacing[0]?.op_id ?? null,
  }
}

/** The transfers of this phone's sealed videos by submission id. Verified videos are no longer on the phone. */
export async function readTransfers(network: Network): Promise<ReadonlyMap<string, Transfer>> {
  const found = new Map<string, Transfer>()
  for (const media of (await readEach(db.media)).rows) {
    const isNew = media.state !== 'staging' && !found.has(media.submission_id)
    if (isNew) found.set(media.submission_id, await transferOf(media, network))
  }
  return found
}

/** The transfers of this phone on the current network, as a live query. */
export const transfers: LiveQuery<ReadonlyMap<string, Transfer>> = {
  tables: HOLD_TABLES,
  read: () => readTransfers(readNetwork()),
}

type Patch = (media: MediaRow) => Partial<MediaRow>

async function change(submissionId: string, patch: Patch): Promise<void> {
  await asStorage(() =>
    db.media
      .where('submission_id')
      .equals(submissionId)
      .filter((media) => media.state !== 'staging')
      .modify((media) => void Object.assign(media, patch(media))),
  )
  poke()
}

/** Stops sending at once. The bytes that the server has stay there. */
export const pauseTransfer = (submissionId: string) => change(submissionId, () => ({ paused: true }))

const resume: Patch = (media) => {
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
 * Resumes now: after a pause, before a retry time, or after a failure that needed the person. When the op that
 * announces a complete upload was refused or discarded, the uploader asks the server about the video again.
 */
export async function resumeTransfer(submissionId: string): Promise<void> {
  await asStorage(() => reopenUnattached(submissionId))
  await change(submissionId, resume)
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

/** Sets whether the video may use mobile data. «Only on Wi-Fi» revokes an earlier consent to use data. */
export const setWifiOnly = (submissionId: string, wifiOnly: boolean) =>
  change(submissionId, () => (wifiOnly ? { wifi_only: true, data_ok: false } : { wifi_only: false }))

/** Resumes now on any network. Call it after the person has agreed to the shown megabytes. */
export const sendAnyway = (submissionId: string) =>
  change(submissionId, (media) => ({ ...resume(media), wifi_only: false, data_ok: true }))

/**
 * Cancels the upload. The sealed video stays on this phone, and a later resume starts from byte 0. The server sweeps
 * the bytes that it has. A complete upload is not cancelled.
 */
export const cancelTransfer = (submissionId: string) =>
  change(submissionId, ({ state }) =>
    state === 'uploaded'
      ? {}
      : { paused: true, cancelled: true, state: 'sealed', upload_url: null, offset: 0, code: null },
  )
