/** Unreadable drafts and submissions of this phone. They are listed as damaged until the person discards them. */
import { db } from './db'
import { readDrafts } from './drafts'
import { mineScope } from './items'
import { MEDIA_TABLES, dropMedia } from './mediaRows'
import { asStorage } from './storageFault'
import { readSubmissions } from './submissions'

export interface BrokenRow {
  table: 'drafts' | 'items'
  id: string
}

/** All drafts and submissions that cannot be read. */
export async function listBroken(): Promise<BrokenRow[]> {
  const [drafts, submissions] = await Promise.all([readDrafts(), readSubmissions()])
  return [
    ...submissions.broken.map((id) => ({ table: 'items' as const, id })),
    ...drafts.broken.map((id) => ({ table: 'drafts' as const, id })),
  ]
}

const TABLES = [db.drafts, db.items, db.base, db.cursors, db.overlay, db.outbox, db.sent, ...MEDIA_TABLES]

/** Deletes a submission's rows by their keys, because reading them would fail. Staff ops on it stay. */
async function dropSubmission(id: string): Promise<void> {
  await db.items.delete(id)
  await db.cursors.delete(mineScope(id))
  await db.base
    .where('[scope+entity]')
    .between([mineScope(id), ''], [mineScope(id), '\uffff'])
    .delete()
  await db.overlay.where('entity_id').equals(id).delete()
  const staffs = new Set(await db.outbox.where('actor').above('').primaryKeys())
  const ops = await db.outbox.where('entity_id').equals(id).primaryKeys()
  await db.outbox.bulkDelete(ops.filter((seq) => !staffs.has(seq)))
  await db.sent.where('entity_id').equals(id).delete()
}

/**
 * Deletes a broken row, because the person asked for it. The unsent ops of a submission are deleted too, and its video
 * unless a draft of the same id remains. The server's copy stays. Faults: `storage_full`, `storage_failed`.
 */
export const discardBroken = ({ table, id }: BrokenRow): Promise<void> =>
  asStorage(() =>
    db.transaction('rw', TABLES, async () => {
      if (table === 'items') await dropSubmission(id)
      else await db.drafts.delete(id)
      const isElsewhere =
        (await db.items.where('id').equals(id).count()) + (await db.drafts.where('id').equals(id).count())
      if (isElsewhere === 0) await dropMedia(id)
    }),
  )
