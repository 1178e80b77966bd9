import type { Table } from 'dexie'

/** As a browser answers for values it cannot read: `getAll` and a cursor fail whole, `get` of that row. */
export function breakReading<T, K, I>(table: Table<T, K, I>, isBroken: (row: T) => boolean): () => void {
  const hook = (row: T): T => {
    if (row && isBroken(row)) throw new DOMException('Failed to read large IndexedDB value', 'DataError')
    return row
  }
  table.hook('reading', hook)
  return () => table.hook('reading').unsubscribe(hook)
}
