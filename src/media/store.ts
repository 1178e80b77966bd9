/**
 * Stores videos on this phone: copies them row by row with their hash, then seals them. A sealed video survives the
 * end of its tab. Of a copy that failed, was cancelled or whose tab ended, nothing is kept.
 */
import { db, type MediaRow } from '@/data/db'
import { MEDIA_TABLES, dropBytes, dropMedia } from '@/data/mediaRows'
import type { LiveQuery } from '@/data/queries'
import { asStorage } from '@/data/storageFault'
import { Fault } from '@/domain/fault'
import { addToOutbox, announce, makeOp, type NewOp } from '@/sync/enqueue'
import { ROW_BYTES } from './bytes'
import { cleanReader, copyRows, type CopyOptions, type ReadRow } from './copy'
import { assertSpace } from './space'

/** A chosen file and the submission that it belongs to. */
export interface MediaToStage {
  /** A random v4 (`crypto.randomUUID()`). Whoever knows it may upload this video. */
  id: string
  /** The id of the draft and of the later submission. */
  submissionId: string
  file: Blob
  /** The type that `inspectVideo` found. */
  mime: string
  replacement?: Replacement
}

/** Another file for one that the server holds. */
export interface Replacement {
  /** The id of the held file. */
  held: string
  /** The op that announces the sealed file. */
  announcing(sealed: SealedMedia): NewOp
}

/** A copy that is complete. `sha256` in lowercase hex. */
export interface SealedMedia {
  id: string
  bytes: number
  mime: string
  sha256: string
}

/** A copy takes less than a day, so an older one belongs to a tab that ended. */
const LEFTOVER_MS = 24 * 60 * 60_000

const begin = ({ id, submissionId, file, mime, replacement }: MediaToStage): Promise<string> => {
  const row: MediaRow = {
    id,
    submission_id: submissionId,
    state: 'staging',
    bytes: file.size,
    mime,
    sha256: null,
    staged_at: Date.now(),
    upload_url: null,
    offset: 0,
    attempts: 0,
    not_before: 0,
    code: null,
    paused: false,
    wifi_only: false,
    ...(replacement && { replaces: replacement.held }),
  }
  return asStorage(() => db.media.add(row))
}

const isSame = (a: ArrayBuffer, b: ArrayBuffer | undefined): boolean => {
  if (a.byteLength !== b?.byteLength) return false
  const [left, right] = [new Uint8Array(a), new Uint8Array(b)]
  return left.every((byte, index) => byte === right[index])
}

/**
 * Fault `media_unreadable` when the first or the last row differs from the copy: another program wrote to the file
 * during the copy. Chromium reports such a change itself; other browsers do not.
 */
async function assertUnchanged({ id, file }: MediaToStage, readRow: ReadRow): Promise<void> {
  for (const seq of new Set([0, Math.ceil(file.size / ROW_BYTES) - 1])) {
    const row = await asStorage(() => db.mediaChunks.get([id, seq]))
    if (!isSame(await readRow(seq * ROW_BYTES), row?.data)) throw new Fault('media_unreadable', false)
  }
}

/** Fault `media_waits` when another file than the held one is complete on this phone. */
function assertOnlyHeld(others: MediaRow[], { held }: Replacement): void {
  if (others.some(({ id, state }) => state !== 'staging' && id !== held))
    throw new Fault('media_waits', false)
}

/**
 * Seals the copy and deletes the video that it replaces, in one transaction; another file for a held one is announced
 * in it too.
 */
const seal = ({ id, submissionId, file, mime, replacement }: MediaToStage, sha256: string): Promise<void> =>
  asStorage(() =>
    db.transaction('rw', [db.outbox, db.overlay, ...MEDIA_TABLES], async () => {
      const rows = await db.mediaChunks.where('[media_id+seq]').between([id, 0], [id, Infinity]).count()
      if (rows !== Math.ceil(file.size / ROW_BYTES)) throw new Fault('media_lost', false)
      const ofSubmission = await db.media.where('submission_id').equals(submissionId).toArray()
      const others = ofSubmission.filter((other) => other.id !== id)
      if (replacement) assertOnlyHeld(others, replacement)
      for (const other of others) await dropBytes(other.id)
      const sealed = await db.media.update(id, { state: 'sealed', sha256 })
      if (sealed !== 1) throw new Fault('media_lost', false) // another tab discarded it during the copy
      const op = replacement?.announcing({ id, bytes: file.size, mime, sha256 })
      if (op) await addToOutbox(makeOp(op, new Date().toISOString()))
    }),
  )

/**
 * Copies a chosen file into this phone's database without its location tags, and seals it. It replaces the
 * submission's earlier video. When it rejects, nothing of the copy is kept. Faults: `storage_full`,
 * `storage_failed`, `media_unreadable` (the file cannot be read or changed during the copy), `media_lost`, and
 * `media_waits` (another file already goes in the place of the held one). An abort rejects with the signal's reason.
 */
export async function stageMedia(media: MediaToStage, options: CopyOptions = {}): Promise<SealedMedia> {
  const { id, file, mime } = media
  if (file.size === 0) throw new Fault('media_unreadable', false)
  await assertSpace(file.size)
  await begin(media)
  try {
    const readRow = await cleanReader(file)
    const sha256 = await copyRows(media.id, file, readRow, options)
    await assertUnchanged(media, readRow)
    await seal(media, sha256)
    if (media.replacement) announce()
    return { id, bytes: file.size, mime, sha256 }
  } catch (error) {
    await dropWhole(id).catch(() => undefined) // `sweepMedia` deletes it later
    throw error
  }
}

const dropWhole = (id: string): Promise<void> =>
  asStorage(() => db.transaction('rw', MEDIA_TABLES, () => dropBytes(id)))

/** The sealed video of a submission; undefined when this phone has none. */
export const mediaOf = async (submissionId: string): Promise<MediaRow | undefined> =>
  (await db.media.where('submission_id').equals(submissionId).toArray()).find(
    (media) => media.state !== 'staging',
  )

/** The id of the sealed video of a submission; null when this phone has none. */
export const storedMediaId = (submissionId: string): LiveQuery<string | null> => ({
  tables: [db.media],
  read: async () => (await mediaOf(submissionId))?.id ?? null,
})

/** Deletes a submission's video from this phone because the person asked for it. Faults: `storage_failed`. */
export const discardMedia = (submissionId: string): Promise<void> =>
  asStorage(() => db.transaction('rw', MEDIA_TABLES, () => dropMedia(submissionId)))

/**
 * Deletes copies that were never completed, and sealed videos whose draft was discarded, when they are more than a
 * day old.
 */
export const sweepMedia = (now: number): Promise<void> =>
  db.transaction('rw', [db.drafts, db.items, ...MEDIA_TABLES], async () => {
    const old = await db.media.filter((media) => media.staged_at < now - LEFTOVER_MS).toArray()
    for (const { id, submission_id, state } of old) {
      const owner = (await db.drafts.get(submission_id)) ?? (await db.items.get(submission_id))
      if (state === 'staging' || !owner) await dropBytes(id)
    }
  })
