/** «Mis envíos»: the submissions whose private link is on this phone. */
import { db, type Item } from './db'
import { MEDIA_TABLES, dropMedia } from './mediaRows'
import { readEach } from './readRows'
import { asStorage } from './storageFault'

export type { Item }

/** Keeps a submission's link on this phone. Faults: `storage_full`, `storage_failed`. */
export async function saveItem(item: Item): Promise<void> {
  await asStorage(() => db.items.put({ ...item }))
}

export const getItem = (id: string): Promise<Item | undefined> => db.items.get(id)

/** The key in `meta` of answers about a part of a submission that are not sent yet. */
export const answersKey = (id: string, part: string): string => `answers:${id}:${part}`

/** The base's scope with this submission's rows. */
export const mineScope = (id: string): string => `mine:${id}`

/** Whether the submission has an op or video bytes that the server has not received. */
async function isUnsent(id: string): Promise<boolean> {
  const ops = await db.outbox
    .where('entity_id')
    .equals(id)
    .filter((op) => !op.actor)
    .count()
  const videos = await db.media
    .where('submission_id')
    .equals(id)
    .filter((media) => media.state !== 'uploaded')
    .count()
  return ops + videos > 0
}

const TABLES = [db.items, db.meta, db.base, db.cursors, db.overlay, db.outbox, db.sent, ...MEDIA_TABLES]

/**
 * «Quitar de este teléfono»: deletes link, rows and video of a submission. Returns false and changes nothing while the
 * server has not received all of it. The server's copy stays. Faults: `storage_full`, `storage_failed`.
 */
export const removeFromPhone = (id: string): Promise<boolean> =>
  asStorage(() =>
    db.transaction('rw', TABLES, async () => {
      if (await isUnsent(id)) return false
      await dropMedia(id)
      await db.items.delete(id)
      await db.meta.where('key').startsWith(answersKey(id, '')).delete()
      await db.cursors.delete(mineScope(id))
      const { rows, broken } = await readEach(db.sent, db.sent.where('entity_id').equals(id))
      await db.sent.bulkDelete([...broken, ...rows.filter((op) => !op.actor).map(({ seq }) => seq)])
      await db.base
        .where('[scope+entity]')
        .between([mineScope(id), ''], [mineScope(id), '\uffff'])
        .delete()
      await db.overlay
        .where('entity_id')
        .equals(id)
        .filter((row) => !row.actor)
        .delete()
      return true
    }),
  )
