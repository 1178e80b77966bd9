import { getItem, saveItem, type Item } from '@/data/items'
import { syncNow } from '@/sync/start'

/**
 * Saves submissions in «Mis envíos» and starts a sync. An item that this phone already has and can still open stays
 * unchanged. Faults: `storage_full`, `storage_failed`.
 */
export async function keepItems(items: readonly Item[]): Promise<void> {
  for (const item of items) {
    const known = await getItem(item.id)
    if (!known || known.denied) await saveItem(item)
  }
  void syncNow()
}
