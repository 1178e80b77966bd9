/** The ops of staff on this phone, and the rows that their verdicts brought. */
import type { VerdictRow } from '@/domain/ops'
import type { StaffItem } from '@/domain/staffRows'
import { db, type OutboxOp } from '../db'
import { type DamagedOp, damagedOps, readEach, readStaffOps } from '../readRows'
import { asStorage } from '../storageFault'

/** Every unaccepted op of staff, of all members, in order of saving. */
export const listStaffOps = async (): Promise<OutboxOp[]> =>
  (await readStaffOps()).sort((a, b) => a.seq - b.seq)

export interface StaffQueue {
  ops: OutboxOp[]
  /** This member's ops that the browser cannot read. They were never sent, and their content is lost. */
  damaged: DamagedOp[]
}

/** Reads both lists at once, so that an op in neither has certainly left this phone with a verdict. */
export async function readStaffQueue(userId: string): Promise<StaffQueue> {
  const { rows, broken } = await readEach(db.outbox, db.outbox.where('actor').above(''))
  const damaged = await damagedOps(broken)
  return {
    ops: rows.sort((a, b) => a.seq - b.seq),
    damaged: damaged.filter(({ actor }) => actor === userId),
  }
}

/** Discards the damaged ops when the member asks for it. Faults: `storage_full`, `storage_failed`. */
export const discardDamagedOps = (userId: string): Promise<void> =>
  asStorage(() =>
    db.transaction('rw', db.outbox, async () => {
      const { damaged } = await readStaffQueue(userId)
      await db.outbox.bulkDelete(damaged.map(({ seq }) => seq))
    }),
  )

/** The rows that verdicts on this entity brought to this member. */
export async function verdictRows(id: string, userId: string): Promise<VerdictRow[]> {
  const { rows } = await readEach(db.overlay, db.overlay.where('entity_id').equals(id))
  return rows.flatMap(({ actor, row, xid }) => (actor === userId && row && xid !== null ? [row] : []))
}

/** The newest version of a submission that a verdict brought to this member; null without one. */
export async function getDecidedItem(id: string, userId: string): Promise<StaffItem | null> {
  const rows = await verdictRows(id, userId)
  const items = rows.flatMap((row) => ('decisions' in row ? [row] : []))
  return items.sort((a, b) => b.version - a.version)[0] ?? null
}
