/**
 * Detects that the browser evicted the database. `localStorage`, which browsers often keep when they free space, has
 * the counts of what this phone kept; a row in the database shows that the database was not evicted. Counts without
 * that row mean that everything is lost. Only numbers are kept, no text of a person.
 */
import { db } from './db'
import { isSubmit } from '@/domain/ops'
import { observeTables } from './observeTables'
import { damagedEntities, readEach, readOps } from './readRows'
import { asStorage } from './storageFault'

const COUNTS_KEY = 'convoca.kept'
const LOST_KEY = 'convoca.lost'
const PRESENCE_KEY = 'witness'

export interface KeptCounts {
  /** Submissions that the server has. */
  arrived: number
  /** Submissions among them with a change or a video that the server does not have. */
  partly: number
  /** Submissions that the server never received. */
  unsent: number
  drafts: number
}

type CountStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

type Listener = (lost: KeptCounts | null) => void

const listeners = new Set<Listener>()
let lost: KeptCounts | null = null

function report(counts: KeptCounts | null): void {
  lost = counts
  for (const listener of listeners) listener(counts)
}

/**
 * Calls `listener` now and at every change with the counts of what an eviction lost: null without an eviction, or after
 * the person has read about it. Returns a function that stops it.
 */
export function onLost(listener: Listener): () => void {
  listeners.add(listener)
  listener(lost)
  return () => listeners.delete(listener)
}

function read(store: CountStore | undefined, key: string): KeptCounts | null {
  try {
    const { arrived, partly, unsent, drafts } = JSON.parse(store?.getItem(key) ?? 'null') as KeptCounts
    const counts = { arrived, partly, unsent, drafts }
    return Object.values(counts).every(Number.isSafeInteger) ? counts : null
  } catch {
    return null // no counts, another app's text, or a private window
  }
}

function write(store: CountStore | undefined, key: string, counts: KeptCounts): void {
  try {
    store?.setItem(key, JSON.stringify(counts))
  } catch {
    // A private window keeps no data, so it has nothing to lose.
  }
}

const KEPT_TABLES = [db.items, db.drafts, db.outbox, db.media]

/** Counts drafts and items by their keys, so that unreadable rows count too. */
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
 * Checks once whether the database was evicted, then keeps the counts up to date until the returned function is
 * called. Resolves after the check. The loss is written before the new presence row: a crash in between repeats the
 * check. Faults: `storage_full`, `storage_failed`.
 */
export async function startEvictionCheck(
  store: CountStore | undefined = globalThis.localStorage,
): Promise<() => void> {
  const isPresent = (await db.meta.get(PRESENCE_KEY)) !== undefined
  const kept = read(store, COUNTS_KEY)
  if (!isPresent && kept && isSomething(kept)) write(store, LOST_KEY, kept)
  report(read(store, LOST_KEY))
  if (!isPresent) await asStorage(() => db.meta.put({ key: PRESENCE_KEY, value: true }))
  return observeTables({ tables: KEPT_TABLES, read: countKept }, (counts) => write(store, COUNTS_KEY, counts))
}

/** Forgets the loss, because the person has read about it. */
export function forgetLost(store: CountStore | undefined = globalThis.localStorage): void {
  report(null)
  try {
    store?.removeItem(LOST_KEY)
  } catch {
    // A store that refuses access never kept the loss.
  }
}
