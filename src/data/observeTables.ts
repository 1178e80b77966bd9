import { liveQuery, type Table } from 'dexie'

/** Dexie hears of no change where the first read failed: it is tried again. */
const AGAIN_MS = 1_000

/**
 * Dexie books a read to the live query whose turn it is. What a query reads after awaiting an async function of its own
 * was now and then, it seems, booked to another that ran at the same time, and its changes were missed for good (README,
 * decisions). A read at the very start never is.
 */
const registerTables = (tables: Table[]) =>
  tables.forEach((table) =>
    table
      .limit(1)
      .each(() => undefined)
      .catch(() => undefined),
  )

/**
 * Calls `listener` with what a query over `db` finds, now and after every change, other tabs' included. A query that
 * reads from several tables one after the other names them. A failing read tells nothing, and is repeated. Returns
 * how to stop.
 */
export function observeTables<T>(
  query: () => Promise<T>,
  listener: (value: T) => void,
  tables: Table[] = [],
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const registered = async () => {
    registerTables(tables)
    try {
      return await query()
    } catch (cause) {
      throw new Error('live query', { cause }) // Dexie keeps some kinds to itself
    }
  }
  const begin = () => liveQuery(registered).subscribe({ next: listener, error: again })
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
