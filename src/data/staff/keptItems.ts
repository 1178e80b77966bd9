/**
 * What a member keeps on this phone to review without signal: the open submissions of each campaign, in `base`
 * under a scope that names campaign and member, and in `meta` how old they are. The row in `meta` is the
 * switch: without it nothing is kept. All of it goes when the switch goes off and when somebody signs out.
 */
import type { StaffItem } from '@/domain/staffRows'
import { readEach, readStaffOps } from '../readRows'
import { db } from '../db'
import { dropOverlays } from '../overlay'
import { eraseKindRows, isOthers } from './kindRows'
import { readSession } from './session'
import { asStorage } from '../storageFault'

/** How one campaign's queue was last read. */
interface KeptScope {
  /** Server's clock; null while its first read has not come to its end. */
  at: string | null
  /** The server has more open ones than a phone keeps. */
  partial: boolean
}

export interface KeptNote {
  /** Which history of the server the rows are of; null before the first answer. */
  epoch: string | null
  scopes: Record<string, KeptScope> // by campaign
}

export interface Kept extends KeptNote {
  items: StaffItem[] // the oldest first
}

const PREFIX = 'kept:'
const noteKey = (userId: string) => `${PREFIX}${userId}`

/** Name of the campaign's rows and cursor. */
export const staffScope = (userId: string, convocatoriaId: string) => `staff:${userId}:${convocatoriaId}`

export const readNote = async (userId: string) =>
  ((await db.meta.get(noteKey(userId)))?.value as KeptNote | undefined) ?? null

export const writeNote = (userId: string, value: KeptNote) => db.meta.put({ key: noteKey(userId), value })

/** The rows of all scopes whose names begin so. */
const rowsOf = (prefix: string) =>
  db.base.where('[scope+entity]').between([prefix, ''], [`${prefix}\uffff`, '\uffff'])

/** A decision of this phone is newer than the row until the next read has passed it. */
async function verdictsOf(userId: string): Promise<Map<string, StaffItem>> {
  const told = (await readEach(db.overlay)).rows
  const rows = told.filter(({ actor, xid }) => actor === userId && xid !== null)
  const newest = new Map<string, StaffItem>()
  for (const { row } of rows) {
    if (row && 'decisions' in row && row.version > (newest.get(row.id)?.version ?? 0)) newest.set(row.id, row)
  }
  return newest
}

/** What this member keeps; null while the switch is off. */
export async function getKept(userId: string): Promise<Kept | null> {
  const note = await readNote(userId)
  if (!note) return null
  const verdicts = await verdictsOf(userId)
  const rows = (await rowsOf(staffScope(userId, '')).toArray()).map(({ row }) => row as StaffItem)
  const items = rows.map((row) => {
    const told = verdicts.get(row.id)
    return told && told.version > row.version ? told : row
  })
  items.sort((a, b) => a.received_at.localeCompare(b.received_at) || a.id.localeCompare(b.id))
  return { ...note, items }
}

/** The campaigns that this phone knows of. */
export const listCampaignIds = async (): Promise<string[]> =>
  (await db.base.where({ scope: 'public', entity: 'convocatoria' }).toArray()).map(({ id }) => id)

/** Everything that keeping writes, and what says whose it is. */
export const KEPT_TABLES = [db.meta, db.base, db.cursors, db.overlay, db.auth]

/** Only while that member is signed in: what comes late must not bring back what was erased. */
export const asKeeper = <T>(userId: string, work: () => Promise<T>): Promise<T | null> =>
  asStorage(() =>
    db.transaction('rw', KEPT_TABLES, async () =>
      (await readSession())?.user_id === userId ? work() : null,
    ),
  )

/** Turns the switch on: from here on the engine follows the queues. Faults: `storage_full`, `storage_failed`. */
export const startKeeping = (userId: string) =>
  asKeeper(userId, async () => {
    if (!(await readNote(userId))) await writeNote(userId, { epoch: null, scopes: {} })
  })

/** Forgets one campaign's rows. Inside a transaction over `KEPT_TABLES`. */
export const emptyScope = (userId: string, convocatoriaId: string) =>
  rowsOf(staffScope(userId, convocatoriaId)).delete()

/** Forgets one campaign that may be read no more, and what verdicts told of it. Inside such a transaction. */
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

/** Forgets everything whose key does not belong to `exceptUserId`. */
async function eraseKept(exceptUserId?: string): Promise<void> {
  await db.meta
    .where('key')
    .startsWith(PREFIX)
    .filter(({ key }) => isOthers(key, PREFIX, exceptUserId))
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

/** Turns the switch off: no submission stays on this phone. Decisions on their way do. */
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

/** Forgets the rows that verdicts brought to staff. Those of unsent ops hold nothing, and stay. */
const eraseVerdicts = (exceptUserId?: string) =>
  dropOverlays(({ actor, xid }) => actor !== null && actor !== exceptUserId && xid !== null)

/**
 * Forgets the server's rows that conflicts brought to staff. What was decided stays and is asked about again when
 * its author is back: a known op gets its verdict once more, with the row as it is then.
 */
async function eraseConflicts(exceptUserId?: string): Promise<void> {
  const ops = await readStaffOps()
  const told = ops.filter(({ actor, current }) => actor !== exceptUserId && current !== null)
  const changes = { state: 'queued', code: null, current: null } as const
  await db.outbox.bulkUpdate(told.map(({ seq }) => ({ key: seq, changes })))
}

/** What of `eraseStaff` a transaction around it must hold. */
export const STAFF_TABLES = [db.meta, db.base, db.cursors, db.overlay, db.outbox]

/**
 * Forgets what staff were shown and this phone kept: queues, what kinds keep, the rows of verdicts. What they
 * wrote stays, and so does everything that belongs to `exceptUserId`.
 */
export const eraseStaff = (exceptUserId?: string) =>
  db.transaction('rw', STAFF_TABLES, async () => {
    await eraseKindRows(exceptUserId)
    await eraseKept(exceptUserId)
    await eraseVerdicts(exceptUserId)
    await eraseConflicts(exceptUserId)
  })
