import type { Collection } from 'dexie'
import { db, type OutboxOp, type OverlayRow } from './db'
import { readEach } from './readRows'

/** Forgets what verdicts told where `isToGo`, and what nobody can read: it would stop whoever comes after it. */
export async function dropOverlays(
  isToGo: (row: OverlayRow) => boolean,
  some?: Collection<OverlayRow, string>,
): Promise<void> {
  const { rows, broken } = await readEach(db.overlay, some)
  await db.overlay.bulkDelete([...broken, ...rows.filter(isToGo).map(({ op_id }) => op_id)])
}

/**
 * Forgets that these ops wait. Keeps the rows that verdicts brought: the screen would go back to the older row of the
 * base when an op is sent again or dropped. Call it inside a transaction.
 */
export const dropPending = (ops: readonly Pick<OutboxOp, 'op_id'>[]): Promise<void> =>
  dropOverlays((one) => one.xid === null, db.overlay.where('op_id').anyOf(ops.map(({ op_id }) => op_id)))
