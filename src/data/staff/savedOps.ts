/** Staff ops on this phone that are not accepted, and the rows that verdicts brought. */
import type { VerdictRow } from '@/domain/ops'
import type { JornadaDay } from '@/domain/registration'
import type { StaffItem } from '@/domain/staffRows'
import { db, type OutboxOp } from '../db'
import { type DamagedOp, damagedOps, readEach, readStaffOps } from '../readRows'
import { asStorage } from '../storageFault'

/** Every readable staff op that is not accepted, of every member, in order of saving. */
export const listStaffOps = async (): Promise<OutboxOp[]> =>
  (await readStaffOps()).sort((a, b) => a.seq - b.seq)

export interface StaffQueue {
  ops: OutboxOp[]
  /** This member's unreadable ops. They cannot be sent, and their content is lost. */
  damaged: DamagedOp[]
}

/** Reads ops and damaged ops at once, so that an op in neither list has left this phone with a verdict. */
export async function readStaffQueue(userId: string): Promise<StaffQueue> {
  const { rows, broken } = await readEach(db.outbox, db.outbox.where('actor').above(''))
  const damaged = await damagedOps(broken)
  return {
    ops: rows.sort((a, b) => a.seq - b.seq),
    damaged: damaged.filter(({ actor }) => actor === userId),
  }
}

/** Deletes a member's damaged ops, because the member asked for it. Faults: `storage_full`, `storage_failed`. */
export const discardDamagedOps = (userId: string): Promise<void> =>
  asStorage(() =>
    db.transaction('rw', db.outbox, async () => {
      const { damaged } = await readStaffQueue(userId)
      await db.outbox.bulkDelete(damaged.map(({ seq }) => seq))
    }),
  )

/** The rows of an entity that verdicts brought to this member. */
async function verdictRows(id: string, userId: string): Promise<VerdictRow[]> {
  const { rows } = await readEach(db.overlay, db.overlay.where('entity_id').equals(id))
  return rows.flatMap(({ actor, row, xid }) => (actor === userId && row && xid !== null ? [row] : []))
}

/** The newest row of a submission that a verdict brought to this member, or null. */
export async function getDecidedItem(id: string, userId: string): Promise<StaffItem | null> {
  const rows = await verdictRows(id, userId)
  const items = rows.flatMap((row) => ('decisions' in row ? [row] : []))
  return items.sort((a, b) => b.version - a.version)[0] ?? null
}

/** The newest row of a day of the calendar that a verdict brought to this member, or null. */
export async function getChangedDay(id: string, userId: string): Promise<JornadaDay | null> {
  const rows = await verdictRows(id, userId)
  const days = rows.flatMap((row) => ('sequence' in row ? [row] : []))
  return days.sort((a, b) => b.sequence - a.sequence)[0] ?? null
}
