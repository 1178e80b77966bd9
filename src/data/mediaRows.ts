/** The tables of videos, for whoever must delete bytes in the same transaction as what they belonged to. */
import type { Table } from 'dexie'
import { db } from './db'

/** To be named in every transaction that calls `dropMedia` or `dropBytes`. */
export const MEDIA_TABLES = [db.media, db.mediaChunks]

/** What says whether a video may travel (`media/holds.ts`), for `observeTables`. */
export const HOLD_TABLES: Table[] = [db.media, db.items, db.outbox]

/** Deletes one video's manifest and bytes. In the caller's transaction. */
export async function dropBytes(mediaId: string): Promise<void> {
  await db.media.delete(mediaId)
  await db.mediaChunks.where('[media_id+seq]').between([mediaId, 0], [mediaId, Infinity]).delete()
}

/** Deletes the videos of a submission, whatever their state. In the caller's transaction. */
export async function dropMedia(submissionId: string): Promise<void> {
  const ids = await db.media.where('submission_id').equals(submissionId).primaryKeys()
  for (const id of ids) await dropBytes(id)
}
