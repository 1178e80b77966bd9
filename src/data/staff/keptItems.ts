/**
 * The copy that a member keeps on this phone to review offline: the open submissions of each campaign, in `base` under
 * a scope that names campaign and member, and their age in `meta`. The row in `meta` is the switch: without it nothing
 * is kept. All of it is deleted when the switch is turned off and when anybody signs out.
 */
import type { StaffItem } from '@/domain/staffRows'
import { readEach, readStaffOps } from '../readRows'
import { db } from '../db'
import { dropOverlays } from '../overlay'
import { eraseKindRows, isOthers } from './kindRows'
import { readSession } from './session'
import { asStorage } from '../storageFault'

/** The last read of one campaign's queue. */
interface KeptScope {
  /** By the server's clock; null until the first read is complete. */
  at: string | null
  /** The server has more open submissions than a phone keeps. */
  partial: boolean
  /** How many submissions its first read still lacks; absent in notes of older versions. */
  left?: number
}

export interface KeptNote {
  /** The epoch of the server that the rows come from; null before the first answer. */
  epoch: string | null
  scopes: Record<string, KeptScope> // by the campaign's id
}

export interface Kept extends KeptNote {
  items: StaffItem[] // the oldest first
}

/** Begins the keys in `meta` of what is kept for a member. */
export const KEPT_PREFIX = 'kept:'
/** Begins the keys in `meta` of what the server last said of a member (`keptMe.ts`). */
export const ME_PREFIX = 'me:'
const noteKey = (userId: string) => `${KEPT_PREFIX}${userId}`

/** The scope of a campaign's rows and cursor. */
export const staffScope = (userId: string, convocatoriaId: string) => `staff:${userId}:${convocatoriaId}`

export const readNote = async (userId: string) =>
  ((await db.meta.get(noteKey(userId)))?.value as KeptNote | undefined) ?? null

export const writeNote = (userId: string, value: KeptNote) => db.meta.put({ key: noteKey(userId), value })

/** The rows of all scopes with this prefix. */
const rowsOf = (prefix: string) =>
  db.base.where('[scope+entity]').between([prefix, ''], [`${prefix}\uffff`, '\uffff'])

/** The newest verdict row of each submission. It is newer than the copy until the next read. */
async function verdictsOf(userId: string): Promise<Map<string, StaffItem>> {
  const overlays = (await readEach(db.overlay)).rows
  const rows = overlays.filter(({ actor, xid }) => actor === userId && xid !== null)
  const newest = new Map<string, StaffItem>()
  for (const { row } of rows) {
    if (row && 'decisions' in row && row.version > (newest.get(row.id)?.version ?? 0)) newest.set(row.id, row)
  }
  return newest
}

/** The copy of this member; null while the switch is off. */
export async function getKept(userId: string): Promise<Kept | null> {
  const note = await readNote(userId)
  if (!note) return null
  const verdicts = await verdictsOf(userId)
  const rows = (await rowsOf(staffScope(userId, '')).toArray()).map(({ row }) => row as StaffItem)
  const items = rows.map((row) => {
    const verdict = verdicts.get(row.id)
    return verdict && verdict.version > row.version ? verdict : row
  })
  items.sort((a, b) => a.received_at.localeCompare(b.received_at) || a.id.localeCompare(b.id))
  return { ...note, items }
}

/** The tables that a transaction of the copy needs: those it writes, and `auth` to check its owner. */
export const KEPT_TABLES = [db.meta, db.base, db.cursors, db.overlay, db.auth]

/** Works only while that member is signed in, so that a late answer cannot restore what signing out erased. */
export const asKeeper = <T>(userId: string, work: () => Promise<T>): Promise<T | null> =>
  asStorage(() =>
    db.transaction('rw', KEPT_TABLES, async () =>
      (await readSession())?.user_id === userId ? work() : null,
    ),
  )

/** Turns the switch on. From then on the desk follows the queues. Faults: `storage_full`, `storage_failed`. */
export const startKeeping = (userId: string) =>
  asKeeper(userId, async () => {
    if (!(await readNote(userId))) await writeNote(userId, { epoch: null, scopes: {} })
  })

/** Deletes the rows of one campaign. Call it inside a transaction over `KEPT_TABLES`. */
export const emptyScope = (userId: string, convocatoriaId: string) =>
  rowsOf(staffScope(userId, convocatoriaId)).delete()

/** Deletes a campaign that may no longer be read, with its verdict rows. Call it inside such a transaction. */
export async function purgeScope(userId: string, convocatoriaId: string): Promise<void> {
  await emptyScope(userId, convocatoriaId)
  await db.cursors.delete(staffScope(userId, convocatoriaId))
  await dropOverlays(
    ({ actor, row, xid }) =>
      actor === userId &&
      xid !== null &&
      !!row &&
      'decisions' in row &&
      row.convocatoria_id === convocatoriaId,
  )
}

/** Deletes every copy and what is known of members, but not those of `exceptUserId`. */
async function eraseKept(exceptUserId?: string): Promise<void> {
  for (const prefix of [KEPT_PREFIX, ME_PREFIX])
    await db.meta
      .where('key')
      .startsWith(prefix)
      .filter(({ key }) => isOthers(key, prefix, exceptUserId))
      .delete()
  await rowsOf('staff:')
    .filter(({ scope }) => isOthers(scope, 'staff:', exceptUserId))
    .delete()
  await db.cursors
    .where('scope')
    .startsWith('staff:')
    .filter(({ scope }) => isOthers(scope, 'staff:', exceptUserId))
    .delete()
}

/** Turns the switch off and deletes every submission of the copy. Unsent decisions stay. */
export const stopKeeping = (userId: string) =>
  asStorage(() =>
    db.transaction('rw', KEPT_TABLES, async () => {
      await db.meta.delete(noteKey(userId))
      await rowsOf(staffScope(userId, '')).delete()
      await db.cursors.where('scope').startsWith(staffScope(userId, '')).delete()
      await dropOverlays(
        ({ actor, row, xid }) => actor === userId && xid !== null && !!row && 'decisions' in row,
      )
    }),
  )

/** Deletes the rows that verdicts brought to staff. Overlays of unsent ops have no row and stay. */
const eraseVerdicts = (exceptUserId?: string) =>
  dropOverlays(({ actor, xid }) => actor !== null && actor !== exceptUserId && xid !== null)

/**
 * Deletes the server's rows that conflicts brought to staff. The decisions stay and are queued again. When their author
 * is back the server repeats the verdict of the known op, with the row as it is then.
 */
async function eraseConflicts(exceptUserId?: string): Promise<void> {
  const ops = await readStaffOps()
  const conflicts = ops.filter(({ actor, current }) => actor !== exceptUserId && current !== null)
  const changes = { state: 'queued', code: null, current: null } as const
  await db.outbox.bulkUpdate(conflicts.map(({ seq }) => ({ key: seq, changes })))
}

/** The tables that a transaction around `eraseStaff` needs. */
export const STAFF_TABLES = [db.meta, db.base, db.cursors, db.overlay, db.outbox]

/**
 * Deletes what this phone keeps of what staff were shown: copies of queues, rows of kinds, rows of verdicts and
 * conflicts. What members wrote stays, and so does everything of `exceptUserId`.
 */
export const eraseStaff = (exceptUserId?: string) =>
  db.transaction('rw', STAFF_TABLES, async () => {
    await eraseKindRows(exceptUserId)
    await eraseKept(exceptUserId)
    await eraseVerdicts(exceptUserId)
    await eraseConflicts(exceptUserId)
  })
