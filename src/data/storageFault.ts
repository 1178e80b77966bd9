/** Maps errors of the phone's database to faults with words for the person. */
import { Fault } from '@/domain/fault'

const isQuota = (error: unknown, depth = 0): boolean => {
  if (typeof error !== 'object' || error === null || depth > 4) return false
  const { name, inner, cause } = error as { name?: unknown; inner?: unknown; cause?: unknown }
  return name === 'QuotaExceededError' || isQuota(inner, depth + 1) || isQuota(cause, depth + 1)
}

const isClosed = (error: unknown): boolean => error instanceof Error && error.name === 'DatabaseClosedError'

/**
 * The fault of a database error: `storage_full` (the person frees space), `storage_closed` (a newer version took over:
 * reload) or `storage_failed` (try again). A Fault is returned unchanged.
 */
export function storageFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  if (isQuota(error)) return new Fault('storage_full', false, { cause: error }) // before `isClosed`, which a full disk also causes
  return isClosed(error)
    ? new Fault('storage_closed', false, { cause: error })
    : new Fault('storage_failed', true, { cause: error })
}

/** Runs a write. Faults: `storage_full`, `storage_closed`, `storage_failed`. */
export async function asStorage<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw storageFault(error)
  }
}
