import type { Collection } from 'dexie'
import { db, type OutboxOp, type OverlayRow } from './db'
import { readEach } from './readRows'

/** Deletes the overlays that match `isToGo`, and unreadable ones, which would make later reads fail. */
export async function dropOverlays(
  isToGo: (row: OverlayRow) => boolean,
  some?: Collection<OverlayRow, string>,
): Promise<void> {
  const { rows, broken } = await readEach(db.overlay, some)
  await db.overlay.bulkDelete([...broken, ...rows.filter(isToGo).map(({ op_id }) => op_id)])
}

/**
 * Deletes the overlays of ops without a verdict. The overlays of verdicts stay: otherwise the screen would go back to
 * the base's older row when an op is sent again or discarded. Call it in a transaction.
 */
export const dropPending = (ops: readonly Pick<OutboxOp, 'op_id'>[]): Promise<void> =>
  dropOverlays((one) => one.xid === null, db.overlay.where('op_id').anyOf(ops.map(({ op_id }) => op_id)))
