/**
 * Detects that the browser evicted the database, also while the page is open. `localStorage`, which browsers often keep
 * when they free space, has a witness of what this phone kept: ids, and what each row was. A row in the database shows
 * that it was not evicted. Without that row, what the witness names and the database lacks is lost. The witness has no
 * text of a person.
 */
import { db } from './db'
import { isSubmit } from '@/domain/ops'
import { observeTables } from './observeTables'
import { damagedEntities, readEach, readOps } from './readRows'
import { asStorage } from './storageFault'

const KEPT_KEY = 'convoca.kept'
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

const KINDS = ['arrived', 'partly', 'unsent', 'draft'] as const

/** What a row is, by its id. The draft of a correction has the id of its submission, so drafts have a prefix. */
type Held = Record<string, (typeof KINDS)[number]>

/** A witness, or the counts that an earlier version kept. */
type Witness = Held | KeptCounts

type WitnessStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

type Listener = (lost: KeptCounts | null) => void

const listeners = new Set<Listener>()
let lost: KeptCounts | null = null

function report(counts: KeptCounts | null): void {
  lost = counts
  for (const listener of listeners) listener(counts)
}

/**
 * Calls `listener` now and at every change with the counts of what an eviction lost: null without an eviction, after
 * all of it came back, or after the person has read about it. Returns a function that stops it.
 */
export function onLost(listener: Listener): () => void {
  listeners.add(listener)
  listener(lost)
  return () => listeners.delete(listener)
}

const isCounts = (kept: object): kept is KeptCounts =>
  ['arrived', 'partly', 'unsent', 'drafts'].every((key) => Number.isSafeInteger((kept as never)[key]))

const isHeld = (kept: object): kept is Held =>
  Object.values(kept).every((kind) => KINDS.some((known) => known === kind))

function read(store: WitnessStore | undefined, key: string): Witness | null {
  try {
    const kept = JSON.parse(store?.getItem(key) ?? 'null') as object | null
    return kept && (isCounts(kept) || isHeld(kept)) ? kept : null
  } catch {
    return null // nothing kept, another app's text, or a private window
  }
}

function write(store: WitnessStore | undefined, key: string, kept: Witness): void {
  try {
    store?.setItem(key, JSON.stringify(kept))
  } catch {
    // A private window keeps no data, so it has nothing to lose.
  }
}

/** What a witness names and the database lacks. */
const missingOf = (kept: Witness, held: Held): Witness =>
  isCounts(kept) ? kept : Object.fromEntries(Object.entries(kept).filter(([id]) => !(id in held)))

/** What was lost before and is not read yet, with what is lost now. Counts of an earlier version give way. */
const joined = (before: Witness | null, now: Witness): Witness =>
  before && !isCounts(before) && !isCounts(now) ? { ...before, ...now } : now

function countsOf(kept: Witness): KeptCounts {
  if (isCounts(kept)) return kept
  const countOf = (...kinds: Held[string][]) =>
    Object.values(kept).filter((kind) => kinds.includes(kind)).length
  return {
    arrived: countOf('arrived', 'partly'),
    partly: countOf('partly'),
    unsent: countOf('unsent'),
    drafts: countOf('draft'),
  }
}

const isSomething = ({ arrived, unsent, drafts }: KeptCounts): boolean => arrived + unsent + drafts > 0

const KEPT_TABLES = [db.items, db.drafts, db.outbox, db.media]

/** Reads drafts and items by their keys, so that unreadable rows count too. */
async function readHeld(): Promise<Held> {
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
  const kindOf = (id: string) => (never.has(id) ? 'unsent' : open.has(id) ? 'partly' : 'arrived')
  return Object.fromEntries([
    ...items.map((id) => [id, kindOf(id)] as const),
    ...drafts.map((id) => [`draft:${id}`, 'draft'] as const),
  ])
}

/**
 * Compares the witness with the database. The loss is written before the new presence row and the new witness: a crash
 * in between repeats the check.
 */
async function compare(store: WitnessStore | undefined, held: Held): Promise<void> {
  const isPresent = (await db.meta.get(PRESENCE_KEY)) !== undefined
  const kept = isPresent ? null : read(store, KEPT_KEY)
  const missing = kept && missingOf(kept, held)
  const unread = read(store, LOST_KEY)
  const told = missing && isSomething(countsOf(missing)) ? joined(unread, missing) : unread
  if (told && told !== unread) write(store, LOST_KEY, told)
  const counts = told && countsOf(missingOf(told, held))
  report(counts && isSomething(counts) ? counts : null)
  if (!isPresent) await asStorage(() => db.meta.put({ key: PRESENCE_KEY, value: true }))
  write(store, KEPT_KEY, held)
}

/**
 * Checks whether the database was evicted, now and at every change of what it keeps, until the returned function is
 * called. Resolves after the first check. Faults: `storage_full`, `storage_failed`.
 */
export async function startEvictionCheck(
  store: WitnessStore | undefined = globalThis.localStorage,
): Promise<() => void> {
  await compare(store, await readHeld())
  let last: Promise<void> = Promise.resolve()
  return observeTables({ tables: KEPT_TABLES, read: readHeld }, (held) => {
    last = last.then(() => compare(store, held)).catch(() => undefined) // the next change repeats it
  })
}

/** Forgets the loss, because the person has read about it. */
export function forgetLost(store: WitnessStore | undefined = globalThis.localStorage): void {
  report(null)
  try {
    store?.removeItem(LOST_KEY)
  } catch {
    // A store that refuses access never kept the loss.
  }
}
