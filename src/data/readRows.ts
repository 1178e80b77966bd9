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

/** Where the ops that cannot be read stand in the queue of their entity: the first place of each. By keys alone. */
async function damagedLanes(broken: number[]): Promise<Map<string, number>> {
  const inOrder = () => db.outbox.orderBy('entity_id')
  const [entities, places] = await Promise.all([inOrder().keys(), inOrder().primaryKeys()])
  const damaged = new Set(broken)
  const lanes = new Map<string, number>()
  places.forEach((seq, index) => {
    const entity = entities[index] as string
    if (damaged.has(seq)) lanes.set(entity, Math.min(seq, lanes.get(entity) ?? seq))
  })
  return lanes
}

/** Entities of which an op cannot be read. */
export async function damagedEntities(): Promise<Set<string>> {
  const { broken } = await readEach(db.outbox)
  return new Set(broken.length > 0 ? (await damagedLanes(broken)).keys() : [])
}

/**
 * Shows `visit` the ops in order of saving until it has enough. Where one cannot be read it may see those before it
 * twice: the others must go on, those behind it in its lane wait, and it is shown and thrown away in «Mis envíos»
 * (`broken.ts`) or at the desk (`staffOps.ts`).
 */
export async function eachOp(visit: (op: OutboxOp) => void, isEnough: () => boolean): Promise<void> {
  try {
    await db.outbox.orderBy('seq').until(isEnough).each(visit)
  } catch {
    const { rows, broken } = await readEach(db.outbox)
    const lanes = await damagedLanes(broken)
    for (const op of rows) if (!isEnough() && op.seq < (lanes.get(op.entity_id) ?? Infinity)) visit(op)
  }
}

/** Every op of staff that can be read; citizens' ops, of which there may be many, are not in that index. */
export const readStaffOps = async (): Promise<OutboxOp[]> =>
  (await readEach(db.outbox, db.outbox.where('actor').above(''))).rows

/** Every op that can be read, in order of saving. */
export const readOps = async (): Promise<OutboxOp[]> => (await readEach(db.outbox)).rows
