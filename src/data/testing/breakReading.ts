import type { DBCore, DBCoreCursor, DBCoreTable, Table } from 'dexie'

/** What Dexie's tables read through; not in its types. */
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
 * As a browser answers for values it cannot read: `getAll` and a cursor fail whole, `get` of that row, keys are read.
 * Returns how to end it.
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
