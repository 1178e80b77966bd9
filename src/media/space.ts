/** Checks that a video fits on this phone before the first byte is copied. */
import { Fault } from '@/domain/fault'

/** Space that the texts, the next version of the app and the browser need. */
const MARGIN_BYTES = 32 * 1024 * 1024

/** The bytes that may still be written; Infinity when the browser gives no quota. */
export async function freeBytes(storage = globalThis.navigator?.storage): Promise<number> {
  const estimate = await storage?.estimate?.().catch(() => undefined)
  return estimate?.quota === undefined ? Infinity : estimate.quota - (estimate.usage ?? 0) - MARGIN_BYTES
}

/** Rejects with `storage_full` when `bytes` would not fit. Accepts when the browser gives no quota: the copy tries. */
export async function assertSpace(bytes: number, storage = globalThis.navigator?.storage): Promise<void> {
  if ((await freeBytes(storage)) < bytes) throw new Fault('storage_full', false)
}
