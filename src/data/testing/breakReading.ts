import type { DBCore, DBCoreCursor, DBCoreTable, Table } from 'dexie'

/** The layer that Dexie's tables read through. It is not in Dexie's types. */
type Internals = { core: DBCoreTable; db: { core: DBCore } }

const failed = () => new DOMException('Failed to read large IndexedDB value', 'DataError')

function breakCursor(cursor: DBCoreCursor, look: (row: unknown) => void): DBCoreCursor {
  const start = (onNext: () => void) =>
    cursor.start(() => {
      try {
        look(cursor.value)
      } catch (error) {
        cursor.fail(error as Error)
        return
      }
      onNext()
    })
  return Object.create(cursor, { start: { value: start } }) as DBCoreCursor
}

function broken(table: DBCoreTable, look: (row: unknown) => void): DBCoreTable {
  return {
    ...table,
    get: (request) => table.get(request).then((row: unknown) => (look(row), row)),
    getMany: (request) => table.getMany(request).then((rows: unknown[]) => (rows.forEach(look), rows)),
    query: (request) =>
      table.query(request).then((found) => {
        if (request.values) found.result.forEach(look)
        return found
      }),
    openCursor: (request) =>
      table
        .openCursor(request)
        .then((cursor) => (cursor && request.values ? breakCursor(cursor, look) : cursor)),
  }
}

/**
 * Simulates rows that the browser cannot read: `getAll` and cursors fail as a whole, `get` fails for the broken row, and
 * keys can be read. Returns a function that ends it.
 */
export function breakReading<T, K, I>(table: Table<T, K, I>, isBroken: (row: T) => boolean): () => void {
  const inside = table as unknown as Internals
  const { core, db } = inside
  const tableOf = db.core.table
  const instead = broken(core, (row) => {
    if (row && isBroken(row as T)) throw failed()
  })
  inside.core = instead
  db.core.table = (name) => (name === table.name ? instead : tableOf.call(db.core, name))
  return () => {
    inside.core = core
    db.core.table = tableOf
  }
}
