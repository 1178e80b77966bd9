/** «Mis envíos»: the submissions whose private link this phone keeps. */
import { db, type Item } from './db'
import { asStorage } from './storageFault'

export type { Item }

/** Keeps a submission's link on this phone. Faults: `storage_full`, `storage_failed`. */
export async function saveItem(item: Item): Promise<void> {
  await asStorage(() => db.items.put({ ...item }))
}

export const getItem = (id: string): Promise<Item | undefined> => db.items.get(id)

/** Name under which this submission's rows are kept in the base. */
export const mineScope = (id: string): string => `mine:${id}`

/**
 * «Quitar de este teléfono»: forgets link and rows. False, and nothing changes, while something of it has
 * not been received: it would be lost. The server's copy stays.
 */
export const removeFromPhone = (id: string): Promise<boolean> =>
  asStorage(() =>
    db.transaction('rw', [db.items, db.base, db.cursors, db.overlay, db.outbox], async () => {
      const unsent = await db.outbox
        .where('entity_id')
        .equals(id)
        .filter((op) => !op.actor)
        .count()
      if (unsent > 0) return false
      await db.items.delete(id)
      await db.cursors.delete(mineScope(id))
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
