/** What went wrong on the phone's disk, in the three words a person can act on. */
import { Fault } from '@/domain/fault'

const isQuota = (error: unknown, depth = 0): boolean => {
  if (typeof error !== 'object' || error === null || depth > 4) return false
  const { name, inner, cause } = error as { name?: unknown; inner?: unknown; cause?: unknown }
  return name === 'QuotaExceededError' || isQuota(inner, depth + 1) || isQuota(cause, depth + 1)
}

const isClosed = (error: unknown): boolean => error instanceof Error && error.name === 'DatabaseClosedError'

/**
 * `storage_full` (free some space first), `storage_closed` (a newer version took over: reload) or
 * `storage_failed` (try again). A Fault stays what it is.
 */
export function storageFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  if (isQuota(error)) return new Fault('storage_full', false, { cause: error }) // also where it kept it from opening
  return isClosed(error)
    ? new Fault('storage_closed', false, { cause: error })
    : new Fault('storage_failed', true, { cause: error })
}

/** Runs a write; its failure is told as `storage_full`, `storage_closed` or `storage_failed`. */
export async function asStorage<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw storageFault(error)
  }
}
