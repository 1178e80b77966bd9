import type { IndexableType, Table } from 'dexie'
import { db, type OutboxOp } from './db'

export interface ReadRows<T, K> {
  rows: T[]
  /** Keys of rows that the browser cannot hand out (a damaged disk, a value it no longer understands). */
  broken: K[]
}

/** All rows of a table, by key; one that cannot be read costs itself, never the others. */
export async function readEach<T, K extends IndexableType, I>(
  table: Table<T, K, I>,
): Promise<ReadRows<T, K>> {
  try {
    return { rows: await table.toArray(), broken: [] }
  } catch {
    return readOneByOne(table)
  }
}

async function readOneByOne<T, K extends IndexableType, I>(table: Table<T, K, I>): Promise<ReadRows<T, K>> {
  const found: ReadRows<T, K> = { rows: [], broken: [] }
  for (const key of await table.toCollection().primaryKeys()) {
    const row = await table.get(key).catch(() => found.broken.push(key) && undefined)
    if (row) found.rows.push(row)
  }
  return found
}

/**
 * Shows `visit` the ops in order of saving until it has enough. Where one cannot be read it may see those before it
 * twice: the others must go on, and the broken one is shown and thrown away in «Mis envíos» (`broken.ts`).
 */
export async function eachOp(visit: (op: OutboxOp) => void, isEnough: () => boolean): Promise<void> {
  try {
    await db.outbox.orderBy('seq').until(isEnough).each(visit)
  } catch {
    for (const op of (await readEach(db.outbox)).rows) if (!isEnough()) visit(op)
  }
}

/** Every op that can be read, in order of saving. */
export const readOps = async (): Promise<OutboxOp[]> => (await readEach(db.outbox)).rows
