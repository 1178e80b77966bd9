import { db } from '@/data/db'

const ANSWER = 'persisted'

/**
 * Asks the browser once to keep this phone's data when space is short. Call it at the first save, in a window:
 * workers may not ask. Resolves with whether the data are protected; false when that is refused or unknown.
 */
export async function askPersistence(storage = globalThis.navigator?.storage): Promise<boolean> {
  try {
    if (await storage?.persisted?.()) return true // the settings or an installation may grant it later
    if ((await db.meta.get(ANSWER)) !== undefined) return false
    const isKept = (await storage?.persist?.()) ?? false
    await db.meta.put({ key: ANSWER, value: isKept })
    return isKept
  } catch {
    return false
  }
}
