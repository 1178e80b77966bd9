import type { Collection, IndexableType, Table } from 'dexie'
import { db, type OutboxOp } from './db'

export interface ReadRows<T, K> {
  rows: T[]
  /** Keys of rows that the browser cannot read (a damaged disk, a value of an unknown format). */
  broken: K[]
}

/** The rows of a table, or of `some`. An unreadable row does not keep the others from being read. */
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

export interface DamagedOp {
  seq: number
  actor: string | null
  entity_id: string
}

/** What the indexes tell of unreadable ops. */
export async function damagedOps(broken: readonly number[]): Promise<DamagedOp[]> {
  if (broken.length === 0) return []
  const keysOf = async (index: string) => {
    const inOrder = () => db.outbox.orderBy(index)
    const [keys, places] = await Promise.all([inOrder().keys(), inOrder().primaryKeys()])
    return new Map(places.map((seq, at) => [seq, keys[at] as string]))
  }
  const [entities, actors] = await Promise.all([keysOf('entity_id'), keysOf('actor')])
  return broken.map((seq) => ({ seq, actor: actors.get(seq) ?? null, entity_id: entities.get(seq) ?? '' }))
}

/** Ids of submissions with an unreadable op of their author. */
export async function damagedEntities(): Promise<Set<string>> {
  const damaged = await damagedOps((await readEach(db.outbox)).broken)
  return new Set(damaged.filter(({ actor }) => !actor).map(({ entity_id }) => entity_id))
}

/**
 * Calls `visit` with the ops in order of saving until `isEnough`. Ops behind an unreadable op of their lane are left
 * out, because they must wait; the ops before it may be visited twice. The person discards the unreadable op in
 * «Mis envíos» (`broken.ts`) or in the staff's list (`staff/savedOps.ts`).
 */
export async function eachOp(visit: (op: OutboxOp) => void, isEnough: () => boolean): Promise<void> {
  try {
    await db.outbox.orderBy('seq').until(isEnough).each(visit)
  } catch {
    const { rows, broken } = await readEach(db.outbox)
    const damaged = await damagedOps(broken)
    const isBehind = (op: OutboxOp) =>
      damaged.some((one) => one.seq < op.seq && one.entity_id === op.entity_id && one.actor === op.actor)
    for (const op of rows) if (!isEnough() && !isBehind(op)) visit(op)
  }
}

/**
 * The entity ids of the accepted ops in `sent`, with repetitions. `uniqueKeys` would drop them, but WebKitGTK cannot
 * open its cursor on a database on disk («Unable to open cursor»).
 */
export const sentEntities = async (): Promise<string[]> =>
  (await db.sent.orderBy('entity_id').keys()) as string[]

/** Every readable staff op. The index leaves citizens' ops out, of which there may be many. */
export const readStaffOps = async (): Promise<OutboxOp[]> =>
  (await readEach(db.outbox, db.outbox.where('actor').above(''))).rows

/** Every readable op, in order of saving. */
export const readOps = async (): Promise<OutboxOp[]> => (await readEach(db.outbox)).rows
