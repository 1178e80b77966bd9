/**
 * Notices that the browser threw the database away. How many things were here is kept in `localStorage`, which
 * browsers often spare when they free space; a row in the database witnesses that it is still the same one. A
 * mark without its witness means that everything is gone. Only numbers are kept, nothing of what was written.
 */
import { db } from './db'
import { isSubmit } from '@/domain/ops'
import { observeTables } from './observeTables'
import { damagedEntities, readEach, readOps } from './readRows'
import { asStorage } from './storageFault'

const MARK = 'convoca.kept'
const LOST = 'convoca.lost'
const WITNESS = 'witness'

export interface KeptCounts {
  /** Submissions that the server has. */
  arrived: number
  /** Of those, the ones with a change or a video that it does not have yet. */
  partly: number
  /** Submissions that it never got. */
  unsent: number
  drafts: number
}

type MarkStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

type Listener = (lost: KeptCounts | null) => void

const listeners = new Set<Listener>()
let lost: KeptCounts | null = null

function report(counts: KeptCounts | null): void {
  lost = counts
  for (const listener of listeners) listener(counts)
}

/**
 * Calls `listener` now and at every change with what was here when the browser threw it away: null when it did
 * not, or when the person has read it. Returns how to stop.
 */
export function onLost(listener: Listener): () => void {
  listeners.add(listener)
  listener(lost)
  return () => listeners.delete(listener)
}

function read(store: MarkStore | undefined, key: string): KeptCounts | null {
  try {
    const { arrived, partly, unsent, drafts } = JSON.parse(store?.getItem(key) ?? 'null') as KeptCounts
    const counts = { arrived, partly, unsent, drafts }
    return Object.values(counts).every(Number.isSafeInteger) ? counts : null
  } catch {
    return null // no mark, not ours, or a private window
  }
}

function write(store: MarkStore | undefined, key: string, counts: KeptCounts): void {
  try {
    store?.setItem(key, JSON.stringify(counts))
  } catch {
    // a private window forgets, and so promises nothing
  }
}

const KEPT_TABLES = [db.items, db.drafts, db.outbox, db.media]

/** By keys alone: a broken row counts too. */
async function countKept(): Promise<KeptCounts> {
  const [items, drafts, ops, damaged, { rows: media }] = await Promise.all([
    db.items.toCollection().primaryKeys(),
    db.drafts.toCollection().primaryKeys(),
    readOps(),
    damagedEntities(),
    readEach(db.media),
  ])
  const own = ops.filter((op) => !op.actor)
  const never = new Set([...own.filter(isSubmit).map((op) => op.entity_id), ...damaged])
  const open = new Set([
    ...own.map((op) => op.entity_id),
    ...media.filter(({ state }) => state !== 'uploaded').map((one) => one.submission_id),
  ])
  const arrived = items.filter((id) => !never.has(id))
  return {
    arrived: arrived.length,
    partly: arrived.filter((id) => open.has(id)).length,
    unsent: items.length - arrived.length,
    drafts: drafts.length,
  }
}

const isSomething = ({ arrived, unsent, drafts }: KeptCounts): boolean => arrived + unsent + drafts > 0

/**
 * Looks once whether this is the database of before, then keeps the mark up to date. Resolves when it has
 * looked. What was found to be lost is remembered before the new witness is written: a crash in between asks again.
 */
export async function startEvictionCheck(
  store: MarkStore | undefined = globalThis.localStorage,
): Promise<() => void> {
  const isSame = (await db.meta.get(WITNESS)) !== undefined
  const mark = read(store, MARK)
  if (!isSame && mark && isSomething(mark)) write(store, LOST, mark)
  report(read(store, LOST))
  if (!isSame) await asStorage(() => db.meta.put({ key: WITNESS, value: true }))
  return observeTables({ tables: KEPT_TABLES, read: countKept }, (counts) => write(store, MARK, counts))
}

/** The person has read it. */
export function forgetLost(store: MarkStore | undefined = globalThis.localStorage): void {
  report(null)
  try {
    store?.removeItem(LOST)
  } catch {
    // it was never kept
  }
}
