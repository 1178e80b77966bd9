import { liveQuery, type Table } from 'dexie'
import type { LiveQuery } from './queries'

/** Dexie observes nothing after a failed first read, so the query starts again after this wait. */
const RETRY_MS = 1_000

/**
 * Reads one row of each table at the start of a run. Dexie attributes a read to the live query whose zone is current.
 * It may attribute a read after an await to another query, and this query then misses changes for ever; a read at the
 * start is attributed correctly (docs/decisions/0028-live-queries-name-their-tables.md).
 */
const registerTables = (tables: readonly Table[]) =>
  tables.forEach((table) =>
    table
      .limit(1)
      .each(() => undefined)
      .catch(() => undefined),
  )

/**
 * Calls `listener` with the query's result, now and after every change of its tables, also by other tabs. A failed read
 * calls nothing and is repeated after a second. Returns a function that stops it.
 */
export function observeTables<T>({ tables, read }: LiveQuery<T>, listener: (value: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = async () => {
    registerTables(tables)
    try {
      return await read()
    } catch (cause) {
      throw new Error('live query', { cause }) // Dexie swallows some of its own errors
    }
  }
  const subscribe = () => liveQuery(run).subscribe({ next: listener, error: restart })
  let subscription = subscribe()
  function restart() {
    subscription.unsubscribe()
    timer = setTimeout(() => (subscription = subscribe()), RETRY_MS)
  }
  return () => {
    clearTimeout(timer)
    subscription.unsubscribe()
  }
}
