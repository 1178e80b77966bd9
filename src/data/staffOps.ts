/** The staff's decisions on this phone: those on their way, and the rows their verdicts brought. */
import type { StaffItem } from '@/domain/staffRows'
import { db, type OutboxOp } from './db'

/** Every op of staff not accepted yet, whoever's it is, in order of saving. Use with `useLive`. */
export const listStaffOps = async (): Promise<OutboxOp[]> =>
  (await db.outbox.orderBy('seq').toArray()).filter((op) => op.actor !== null)

/** The newest row that a verdict brought to this member; null when none did. Use with `useLive`. */
export async function getDecidedItem(id: string, userId: string): Promise<StaffItem | null> {
  const rows = await db.overlay.where('entity_id').equals(id).toArray()
  const own = rows.filter((one) => one.actor === userId && one.row !== null && one.xid !== null)
  const items = own.flatMap(({ row }) => (row && 'decisions' in row ? [row] : []))
  return items.sort((a, b) => b.version - a.version)[0] ?? null
}
