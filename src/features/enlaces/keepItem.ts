import { getItem, saveItem, type Item } from '@/data/items'
import { syncNow } from '@/sync/start'

/**
 * Puts found submissions among «Mis envíos» and asks for their news. A link that is here already and still
 * opens stays as it is. Faults: `storage_full`, `storage_failed`.
 */
export async function keepItems(items: readonly Item[]): Promise<void> {
  for (const item of items) {
    const known = await getItem(item.id)
    if (!known || known.denied) await saveItem(item)
  }
  void syncNow()
}
