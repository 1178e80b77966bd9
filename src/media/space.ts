/** Checks that a video fits on this phone before the first byte is copied. */
import { Fault } from '@/domain/fault'

/** Space that the texts, the next version of the app and the browser need. */
const MARGIN_BYTES = 32 * 1024 * 1024

/** Rejects with `storage_full` when `bytes` would not fit. Accepts when the browser gives no quota: the copy tries. */
export async function assertSpace(bytes: number, storage = globalThis.navigator?.storage): Promise<void> {
  const estimate = await storage?.estimate?.().catch(() => undefined)
  if (estimate?.quota === undefined) return
  if (estimate.quota - (estimate.usage ?? 0) < bytes + MARGIN_BYTES) throw new Fault('storage_full', false)
}
