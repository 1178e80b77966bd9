import type { Collection, IndexableType, Table } from 'dexie'
import { db, type OutboxOp } from './db'

export interface ReadRows<T, K> {
  rows: T[]
  /** Keys of rows that the browser cannot hand out (a damaged disk, a value it no longer understands). */
  broken: K[]
}

/** Rows of a table, all by key or those of `some`; one that cannot be read costs itself, never the others. */
export async function readEach<T, K extends IndexableType, I>(
  table: Table<T, K, I>,
  some?: Collection<T, K, I>,
): Promise<ReadRows<T, K>> {
  try {
    return { rows: await (some ?? table).toArray(), broken: [] }
  } catch {
    return readOneByOne(table, await (some ?? table.toCollection()).primaryKeys())
  }
}

async function readOneByOne<T, K extends IndexableType, I>(
  table: Table<T, K, I>,
  keys: K[],
): Promise<ReadRows<T, K>> {
  const found: ReadRows<T, K> = { rows: [], broken: [] }
  for (const key of keys) {
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

/** Every op of staff that can be read; citizens' ops, of which there may be many, are not in that index. */
export const readStaffOps = async (): Promise<OutboxOp[]> =>
  (await readEach(db.outbox, db.outbox.where('actor').above(''))).rows

/** Every op that can be read, in order of saving. */
export const readOps = async (): Promise<OutboxOp[]> => (await readEach(db.outbox)).rows
