import { liveQuery, type Table } from 'dexie'
import type { LiveQuery } from './queries'

/** Dexie observes nothing where the first read failed, so the query starts again after this wait. */
const RETRY_MS = 1_000

/**
 * Reads one row of each table at the start of a run. Dexie attributes a read to the live query whose zone is current.
 * Reads after an await were sometimes attributed to another query, whose changes this one then missed for good; reads at
 * the start never were (docs/decisions/0028-live-queries-name-their-tables.md).
 */
const registerTables = (tables: readonly Table[]) =>
  tables.forEach((table) =>
    table
      .limit(1)
      .each(() => undefined)
      .catch(() => undefined),
  )

/**
 * Calls `listener` with what the query finds, now and after every change of its tables, also from other tabs. A read that
 * fails calls nothing and is repeated. Returns a function that stops.
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
