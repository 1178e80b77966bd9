import { db } from '@/data/db'

const ANSWER = 'persisted'

/**
 * Asks the browser, once, to keep this phone's data when space is short, and remembers its answer. To be
 * called at the first save, in a window (workers may not ask). False where it is refused or unknown.
 */
export async function askPersistence(storage = globalThis.navigator?.storage): Promise<boolean> {
  try {
    const known = (await db.meta.get(ANSWER))?.value
    if (typeof known === 'boolean') return known
    const isKept = (await storage?.persisted?.()) || (await storage?.persist?.()) || false
    await db.meta.put({ key: ANSWER, value: isKept })
    return isKept
  } catch {
    return false
  }
}
