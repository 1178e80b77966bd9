import { db } from '@/data/db'

const ANSWER = 'persisted'

/**
 * Whether the browser keeps this phone's data when space is short; it is asked for it once. To be
 * called at the first save, in a window (workers may not ask). False where it is refused or unknown.
 */
export async function askPersistence(storage = globalThis.navigator?.storage): Promise<boolean> {
  try {
    if (await storage?.persisted?.()) return true // perhaps granted since: in the settings, by installing
    if ((await db.meta.get(ANSWER)) !== undefined) return false
    const isKept = (await storage?.persist?.()) ?? false
    await db.meta.put({ key: ANSWER, value: isKept })
    return isKept
  } catch {
    return false
  }
}
