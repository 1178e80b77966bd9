import { liveQuery } from 'dexie'

/**
 * Calls `listener` with what a query over `db` finds, now and after every change, other tabs' included. A
 * failing read tells nothing. Returns how to stop.
 */
export function follow<T>(query: () => Promise<T>, listener: (value: T) => void): () => void {
  const subscription = liveQuery(query).subscribe({ next: listener, error: () => undefined })
  return () => subscription.unsubscribe()
}
