/** Whether a video fits on this phone, asked before the first byte is copied. */
import { Fault } from '@/domain/fault'

/** What the texts, the next version of the app and the browser itself need besides. */
const MARGIN_BYTES = 32 * 1024 * 1024

/** Rejects with `storage_full` when `bytes` would not fit. Where the browser does not tell, the copy tries. */
export async function assertSpace(bytes: number, storage = globalThis.navigator?.storage): Promise<void> {
  const estimate = await storage?.estimate?.().catch(() => undefined)
  if (estimate?.quota === undefined) return
  if (estimate.quota - (estimate.usage ?? 0) < bytes + MARGIN_BYTES) throw new Fault('storage_full', false)
}
