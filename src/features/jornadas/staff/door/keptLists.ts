/**
 * What the door keeps on this phone, in table `meta`: the days that a member may see, and encrypted, each day's list as last
 * read and the people marked since. It belongs to that member, is erased when anybody signs out, and a list ends with its
 * day (`endKindRows`).
 */
import { DOOR_PREFIX } from '@/features/jornadas/kind'
import type { DoorLine, DoorList, JornadaDay } from '@/features/jornadas/registration'
import { db } from '@/data/db'
import { dropOverlays } from '@/data/overlay'
import { readEach, readStaffOps } from '@/data/readRows'
import { type KeyRow, newKey, readKey, seal, type Sealed, unseal } from '@/data/staff/sealed'
import { readSession } from '@/data/staff/session'
import { serverNow } from '@/data/serverClock'
import { asStorage } from '@/data/storageFault'
import { endOfDay, localDay } from '@/domain/centralTime'
import { doorOpsOf } from './doorOps'

/** A person marked on this phone. `line` is their line at that moment, because a later list may lack it. */
export interface DoorMark {
  at: string
  line: DoorLine
}

export interface KeptList {
  at: string // when it was read, by the server's clock
  list: DoorList
  marks: Record<string, DoorMark> // by submission
}

export interface KeptDays {
  at: string
  items: JornadaDay[]
}

/** A list or a mark as it lies in the database. */
interface SealedRow {
  at: string
  until: string
  sealed: Sealed
}

const daysKey = (userId: string) => `${DOOR_PREFIX}${userId}:days`
const keyKey = (userId: string) => `${DOOR_PREFIX}${userId}:key`
const listKey = (userId: string, jornadaId: string) => `${DOOR_PREFIX}${userId}:list:${jornadaId}`
const markKey = (userId: string, jornadaId: string, id: string) =>
  `${DOOR_PREFIX}${userId}:mark:${jornadaId}:${id}`
const read = async <T>(key: string) => ((await db.meta.get(key))?.value as T | undefined) ?? null
const marksOf = (userId: string, jornadaId: string) =>
  db.meta.where('key').startsWith(markKey(userId, jornadaId, ''))

/** The days as last read; null before the first read. */
export const getDoorDays = (userId: string) => read<KeptDays>(daysKey(userId))

/** A day's list as last read; null before the first read, and once it has ended. */
export async function getDoorList(userId: string, jornadaId: string): Promise<KeptList | null> {
  const [row, held, marks] = await Promise.all([
    read<SealedRow | KeptList>(listKey(userId, jornadaId)),
    readKey(keyKey(userId)),
    marksOf(userId, jornadaId).toArray(),
  ])
  if (!row || 'list' in row) return row // a version before 0077 kept it in the clear
  const list = held && (await unseal<DoorList>(held.key, row.sealed))
  if (!list) return null
  const opened = await Promise.all(
    marks.map(({ value }) => unseal<DoorMark>(held.key, (value as SealedRow).sealed)),
  )
  const known = opened.filter((mark) => mark !== null)
  return { at: row.at, list, marks: Object.fromEntries(known.map((mark) => [mark.line.submission_id, mark])) }
}

/** A row that a verdict brought: `entity_id` differs from its line where somebody was on the list already. */
export interface DoorAnswer {
  entity_id: string
  line: DoorLine
}

/** The lines that verdicts brought to this member, of any day. */
export async function listDoorVerdicts(userId: string): Promise<DoorAnswer[]> {
  const told = (await readEach(db.overlay)).rows
  const rows = told.filter((one) => one.actor === userId && one.xid !== null)
  return rows.flatMap(({ entity_id, row }) => (row && 'pass_hash' in row ? [{ entity_id, line: row }] : []))
}

/** Works only while that member is signed in, so that a late answer cannot restore what signing out erased. */
const asOwner = (userId: string, work: () => Promise<unknown>) =>
  asStorage(() =>
    db.transaction('rw', [db.meta, db.auth, db.overlay], async () => {
      if ((await readSession())?.user_id === userId) await work()
    }),
  )

/** Keeps the days, and deletes what is kept of days that this member may no longer see. */
export const keepDoorDays = (userId: string, items: JornadaDay[]) =>
  asOwner(userId, async () => {
    const known = items.flatMap(({ id }) => [listKey(userId, id), markKey(userId, id, '')])
    await db.meta
      .where('key')
      .startsWithAnyOf(listKey(userId, ''), `${DOOR_PREFIX}${userId}:mark:`)
      .filter(({ key }) => !known.some((name) => key.startsWith(name)))
      .delete()
    const value: KeptDays = { at: serverNow().toISOString(), items }
    await db.meta.put({ key: daysKey(userId), value })
  })

/** The state when a list was requested. The list may lack marks made after `at` and notes in `pending`. */
export interface Asked {
  at: string
  pending: ReadonlySet<string>
}

export async function noteAsking(userId: string, jornadaId: string): Promise<Asked> {
  const waiting = doorOpsOf(await readStaffOps(), jornadaId).filter(({ actor }) => actor === userId)
  return { at: serverNow().toISOString(), pending: new Set(waiting.map((op) => op.entity_id)) }
}

/** When a list ends that is read now: with its day, or with today where its day is over or has no date. */
function untilOf({ jornada }: DoorList): string {
  const today = localDay(serverNow())
  return new Date(endOfDay(jornada.on_day && jornada.on_day > today ? jornada.on_day : today)).toISOString()
}

/** This member's key, made at the first list. Of two tabs that make one, the first counts. */
async function ownKey(userId: string, until: string): Promise<CryptoKey | null> {
  const name = keyKey(userId)
  const key = (await readKey(name))?.key ?? (await newKey())
  await asOwner(userId, async () => {
    const held = await readKey(name)
    const value: KeyRow = { key: held?.key ?? key, until: held && held.until > until ? held.until : until }
    await db.meta.put({ key: name, value })
  })
  return (await readKey(name))?.key ?? null
}

/** Deletes the marks that a list requested then has. */
const dropKnownMarks = (userId: string, jornadaId: string, { at, pending }: Asked) =>
  marksOf(userId, jornadaId)
    .filter(({ key, value }) => !pending.has(key.split(':').at(-1)!) && (value as SealedRow).at < at)
    .delete()

/** Deletes the rows of verdicts that a list has, because they name people in the clear. */
function dropKnownVerdicts(userId: string, { items }: DoorList): Promise<void> {
  const versions = new Map(items.map(({ submission_id, version }) => [submission_id, version]))
  return dropOverlays(({ actor, xid, row, entity_id }) => {
    if (actor !== userId || xid === null || !row || !('pass_hash' in row)) return false
    return entity_id === row.submission_id && (versions.get(entity_id) ?? -1) >= row.version
  })
}

/** Keeps a list, and the marks that it may lack. */
export async function keepDoorList(userId: string, list: DoorList, asked: Asked): Promise<void> {
  const until = untilOf(list)
  const key = await ownKey(userId, until)
  if (!key) return // signed out meanwhile
  const sealed = await seal(key, list)
  await asOwner(userId, async () => {
    await dropKnownMarks(userId, list.jornada.id, asked)
    await dropKnownVerdicts(userId, list)
    const value: SealedRow = { at: serverNow().toISOString(), until, sealed }
    await db.meta.put({ key: listKey(userId, list.jornada.id), value })
  })
}

/** Notes that the list is still the same now. */
export const confirmDoorList = (userId: string, jornadaId: string, asked: Asked) =>
  asOwner(userId, async () => {
    await dropKnownMarks(userId, jornadaId, asked)
    const key = listKey(userId, jornadaId)
    const row = await read<SealedRow>(key)
    if (row) await db.meta.put({ key, value: { ...row, at: serverNow().toISOString() } })
  })

/**
 * Prepares a mark. What it answers writes it where a list is kept: call that inside `enqueue`, so that mark and op are one
 * transaction.
 */
export async function sealMark(
  userId: string,
  jornadaId: string,
  mark: DoorMark,
): Promise<() => Promise<unknown>> {
  const held = await readKey(keyKey(userId))
  const row = await read<SealedRow>(listKey(userId, jornadaId))
  if (!held || !row) return () => Promise.resolve()
  const value: SealedRow = { at: mark.at, until: row.until, sealed: await seal(held.key, mark) }
  const key = markKey(userId, jornadaId, mark.line.submission_id)
  return async () => {
    if (await db.meta.get(listKey(userId, jornadaId))) await db.meta.put({ key, value })
  }
}

/** Removes a mark: of an arrival that is taken back, or that was given up before the server accepted it. */
export const dropMark = (userId: string, jornadaId: string, submissionId: string): Promise<void> =>
  db.meta.delete(markKey(userId, jornadaId, submissionId))

/** Deletes a list that this member may no longer read. */
export const dropDoorList = (userId: string, jornadaId: string) => db.meta.delete(listKey(userId, jornadaId))
