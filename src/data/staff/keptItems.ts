/**
 * The queues that a member keeps on this phone for review without signal: each campaign's open submissions, in `base`
 * under a scope with campaign and member, and their age in `meta`. The row in `meta` is the switch: without it nothing
 * is kept. Turning the switch off and signing out delete all of it.
 */
import type { StaffItem } from '@/domain/staffRows'
import { readEach, readStaffOps } from '../readRows'
import { db } from '../db'
import { dropOverlays } from '../overlay'
import { eraseDoor } from './door'
import { readSession } from './session'
import { asStorage } from '../storageFault'

/** The last read of one campaign's queue. */
interface KeptScope {
  /** Server's clock; null until the first read is complete. */
  at: string | null
  /** The server has more open submissions than a phone keeps. */
  partial: boolean
}

export interface KeptNote {
  /** The server's epoch when the rows were read; null before the first answer. */
  epoch: string | null
  scopes: Record<string, KeptScope> // by the campaign's id
}

export interface Kept extends KeptNote {
  items: StaffItem[] // the oldest first
}

const PREFIX = 'kept:'
const noteKey = (userId: string) => `${PREFIX}${userId}`

/** The scope of a campaign's rows and cursor. */
export const staffScope = (userId: string, convocatoriaId: string) => `staff:${userId}:${convocatoriaId}`

export const readNote = async (userId: string) =>
  ((await db.meta.get(noteKey(userId)))?.value as KeptNote | undefined) ?? null

export const writeNote = (userId: string, value: KeptNote) => db.meta.put({ key: noteKey(userId), value })

/** The rows of all scopes whose names begin with `prefix`. */
const rowsOf = (prefix: string) =>
  db.base.where('[scope+entity]').between([prefix, ''], [`${prefix}\uffff`, '\uffff'])

/** The rows that verdicts brought to the member, by id: newer than the base until the next read. */
async function verdictsOf(userId: string): Promise<Map<string, StaffItem>> {
  const overlays = (await readEach(db.overlay)).rows
  const rows = overlays.filter(({ actor, xid }) => actor === userId && xid !== null)
  const newest = new Map<string, StaffItem>()
  for (const { row } of rows) {
    if (row && 'decisions' in row && row.version > (newest.get(row.id)?.version ?? 0)) newest.set(row.id, row)
  }
  return newest
}

/** The member's kept queues, with newer rows of verdicts; null while the switch is off. */
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

/** The ids of the campaigns on this phone. */
export const listCampaignIds = async (): Promise<string[]> =>
  (await db.base.where({ scope: 'public', entity: 'convocatoria' }).toArray()).map(({ id }) => id)

/** The tables that `asKeeper` needs. */
export const KEPT_TABLES = [db.meta, db.base, db.cursors, db.overlay, db.auth]

/**
 * Runs `work` in a transaction over `KEPT_TABLES`. Returns null, without running it, when the member is not signed in:
 * a late answer must not bring back erased rows. Faults: `storage_full`, `storage_failed`.
 */
export const asKeeper = <T>(userId: string, work: () => Promise<T>): Promise<T | null> =>
  asStorage(() =>
    db.transaction('rw', KEPT_TABLES, async () =>
      (await readSession())?.user_id === userId ? work() : null,
    ),
  )

/** Turns the switch on, so that `pullStaff` reads the queues. Faults: `storage_full`, `storage_failed`. */
export const startKeeping = (userId: string) =>
  asKeeper(userId, async () => {
    if (!(await readNote(userId))) await writeNote(userId, { epoch: null, scopes: {} })
  })

/** Deletes one campaign's rows. Call it in a transaction over `KEPT_TABLES`. */
export const emptyScope = (userId: string, convocatoriaId: string) =>
  rowsOf(staffScope(userId, convocatoriaId)).delete()

/** Deletes a denied campaign's rows, cursor and overlays. Call it in a transaction over `KEPT_TABLES`. */
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

/** Deletes the kept queues of all members but `exceptUserId`. */
async function eraseKept(exceptUserId?: string): Promise<void> {
  const isOthers = (name: string, prefix: string) =>
    exceptUserId === undefined || !`${name}:`.startsWith(`${prefix}${exceptUserId}:`)
  await db.meta
    .where('key')
    .startsWith(PREFIX)
    .filter(({ key }) => isOthers(key, PREFIX))
    .delete()
  await rowsOf('staff:')
    .filter(({ scope }) => isOthers(scope, 'staff:'))
    .delete()
  await db.cursors
    .where('scope')
    .startsWith('staff:')
    .filter(({ scope }) => isOthers(scope, 'staff:'))
    .delete()
}

/** Turns the switch off and deletes the kept queues. Unsent decisions stay. Faults: `storage_full`, `storage_failed`. */
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
 * Deletes the server's rows that conflicts brought to staff. The decision stays and is sent again when its author
 * signs in: the server repeats the verdict of a known op, with its present row.
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
 * Deletes the server's rows that this phone kept for staff: queues, the door's lists, the rows of verdicts. Their ops
 * and replies stay, and everything of `exceptUserId` stays.
 */
export const eraseStaff = (exceptUserId?: string) =>
  db.transaction('rw', STAFF_TABLES, async () => {
    await eraseDoor(exceptUserId)
    await eraseKept(exceptUserId)
    await eraseVerdicts(exceptUserId)
    await eraseConflicts(exceptUserId)
  })
