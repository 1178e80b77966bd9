import type { Table } from 'dexie'

export interface ReadRows<T> {
  rows: T[]
  /** Keys of rows that the browser cannot hand out (a damaged disk, a value it no longer understands). */
  broken: string[]
}

/** All rows of a table; one that cannot be read costs itself, never the others. */
export async function readEach<T>(table: Table<T, string>): Promise<ReadRows<T>> {
  try {
    return { rows: await table.toArray(), broken: [] }
  } catch {
    return readOneByOne(table)
  }
}

async function readOneByOne<T>(table: Table<T, string>): Promise<ReadRows<T>> {
  const found: ReadRows<T> = { rows: [], broken: [] }
  for (const key of await table.toCollection().primaryKeys()) {
    const row = await table.get(key).catch(() => found.broken.push(key) && undefined)
    if (row) found.rows.push(row)
  }
  return found
}
