import { liveQuery } from 'dexie'

/** Dexie hears of no change where the first read failed: it is tried again. */
const AGAIN_MS = 1_000

/**
 * Calls `listener` with what a query over `db` finds, now and after every change, other tabs' included. A
 * failing read tells nothing, and is repeated. Returns how to stop.
 */
export function follow<T>(query: () => Promise<T>, listener: (value: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const begin = () => liveQuery(query).subscribe({ next: listener, error: again })
  let subscription = begin()
  function again() {
    subscription.unsubscribe()
    timer = setTimeout(() => (subscription = begin()), AGAIN_MS)
  }
  return () => {
    clearTimeout(timer)
    subscription.unsubscribe()
  }
}
