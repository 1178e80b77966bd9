/** The tables of videos, and how to delete a video in the transaction that deletes its draft or submission. */
import type { Table } from 'dexie'
import { db } from './db'

/** Every transaction that calls `dropMedia` or `dropBytes` needs these tables. */
export const MEDIA_TABLES = [db.media, db.mediaChunks]

/** The tables that decide whether a video may be uploaded (`media/holds.ts`), for `observeTables`. */
export const HOLD_TABLES: Table[] = [db.media, db.items, db.outbox]

/** Deletes a video's manifest and bytes. Call it in a transaction. */
export async function dropBytes(mediaId: string): Promise<void> {
  await db.media.delete(mediaId)
  await db.mediaChunks.where('[media_id+seq]').between([mediaId, 0], [mediaId, Infinity]).delete()
}

/** Deletes the videos of a submission in any state. Call it in a transaction. */
export async function dropMedia(submissionId: string): Promise<void> {
  const ids = await db.media.where('submission_id').equals(submissionId).primaryKeys()
  for (const id of ids) await dropBytes(id)
}
