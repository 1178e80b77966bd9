/**
 * What the door keeps on this phone, in table `meta`: the days that a member may see, each day's list as last read, and
 * the people marked since. It belongs to that member and is erased when anybody signs out.
 */
import { DOOR_PREFIX } from '@/features/jornadas/kind'
import type { DoorLine, DoorList, JornadaDay } from '@/features/jornadas/registration'
import { db, type OutboxOp } from '@/data/db'
import { readEach, readStaffOps } from '@/data/readRows'
import { readSession } from '@/data/staff/session'
import { serverNow } from '@/data/serverClock'
import { asStorage } from '@/data/storageFault'

/** The payload of `door.check_in`. `code` is null when the person was found by name or folio. */
export interface CheckIn {
  jornada_id: string
  code: string | null
  at: string
}

/** The payload of `door.undo_check_in`: the arrival as this phone knew it. */
export interface UndoneArrival {
  jornada_id: string
  arrived_at: string
}

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

const daysKey = (userId: string) => `${DOOR_PREFIX}${userId}:days`
const listKey = (userId: string, jornadaId: string) => `${DOOR_PREFIX}${userId}:list:${jornadaId}`
const read = async <T>(key: string) => ((await db.meta.get(key))?.value as T | undefined) ?? null

/** The days as last read; null before the first read. */
export const getDoorDays = (userId: string) => read<KeptDays>(daysKey(userId))

/** A day's list as last read; null before the first read. */
export const getDoorList = (userId: string, jornadaId: string) => read<KeptList>(listKey(userId, jornadaId))

/** Whether an op is a check-in by this member on this day. */
const isCheckIn = (op: OutboxOp, userId: string, jornadaId: string): boolean =>
  op.kind === 'door.check_in' && op.actor === userId && (op.payload as CheckIn).jornada_id === jornadaId

const isUndo = (op: OutboxOp, userId: string, jornadaId: string): boolean =>
  op.kind === 'door.undo_check_in' &&
  op.actor === userId &&
  (op.payload as UndoneArrival).jornada_id === jornadaId

/** This member's unaccepted check-ins of this day, and those that undo one, in order of saving. */
export const doorOpsOf = (ops: readonly OutboxOp[], userId: string, jornadaId: string): OutboxOp[] =>
  ops.filter((op) => isCheckIn(op, userId, jornadaId) || isUndo(op, userId, jornadaId))

/** The lines that verdicts brought to this member, of any day. */
export async function listDoorVerdicts(userId: string): Promise<DoorLine[]> {
  const told = (await readEach(db.overlay)).rows
  const rows = told.filter((one) => one.actor === userId && one.xid !== null)
  return rows.flatMap(({ row }) => (row && 'pass_hash' in row ? [row] : []))
}

/** Works only while that member is signed in, so that a late answer cannot restore what signing out erased. */
const asOwner = (userId: string, work: () => Promise<unknown>) =>
  asStorage(() =>
    db.transaction('rw', [db.meta, db.auth], async () => {
      if ((await readSession())?.user_id === userId) await work()
    }),
  )

/** Keeps the days, and deletes the lists of days that this member may no longer see. */
export const keepDoorDays = (userId: string, items: JornadaDay[]) =>
  asOwner(userId, async () => {
    const known = new Set(items.map(({ id }) => listKey(userId, id)))
    await db.meta
      .where('key')
      .startsWith(listKey(userId, ''))
      .filter(({ key }) => !known.has(key))
      .delete()
    const value: KeptDays = { at: serverNow().toISOString(), items }
    await db.meta.put({ key: daysKey(userId), value })
  })

/** The state when a list was requested. The list may lack marks made after `at` and check-ins in `pending`. */
export interface Asked {
  at: string
  pending: ReadonlySet<string>
}

export async function noteAsking(userId: string, jornadaId: string): Promise<Asked> {
  const waiting = (await readStaffOps()).filter((op) => isCheckIn(op, userId, jornadaId))
  return { at: serverNow().toISOString(), pending: new Set(waiting.map((op) => op.entity_id)) }
}

/** Keeps a list, and the marks that it may lack. */
export const keepDoorList = (userId: string, list: DoorList, asked: Asked) =>
  asOwner(userId, async () => {
    const key = listKey(userId, list.jornada.id)
    const before = await read<KeptList>(key)
    const isOpen = ([id, { at }]: [string, DoorMark]) => asked.pending.has(id) || at >= asked.at
    const marks = Object.fromEntries(Object.entries(before?.marks ?? {}).filter(isOpen))
    const value: KeptList = { at: serverNow().toISOString(), list, marks }
    await db.meta.put({ key, value })
  })

/** Writes a mark. Call it inside `enqueue`, so that mark and op are one transaction. */
export async function markArrival(userId: string, jornadaId: string, mark: DoorMark): Promise<void> {
  const key = listKey(userId, jornadaId)
  const kept = await read<KeptList>(key)
  if (!kept) return
  const marks = { ...kept.marks, [mark.line.submission_id]: mark }
  await db.meta.put({ key, value: { ...kept, marks } })
}

/** Removes a mark. Call it inside `enqueue`, so that mark and op are one transaction. */
export async function dropMark(userId: string, jornadaId: string, submissionId: string): Promise<void> {
  const key = listKey(userId, jornadaId)
  const kept = await read<KeptList>(key)
  if (!kept) return
  const { [submissionId]: _, ...marks } = kept.marks
  await db.meta.put({ key, value: { ...kept, marks } })
}

/** Removes the mark of a check-in that the member gave up before the server accepted it. */
export const unmarkArrival = (userId: string, jornadaId: string, submissionId: string) =>
  asOwner(userId, () => dropMark(userId, jornadaId, submissionId))

/** Deletes a list that this member may no longer read. */
export const dropDoorList = (userId: string, jornadaId: string) => db.meta.delete(listKey(userId, jornadaId))
