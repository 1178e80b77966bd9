import type { Collection } from 'dexie'
import { db, type OverlayRow } from './db'
import { readEach } from './readRows'

/** Forgets what verdicts told where `isToGo`, and what nobody can read: it would stop whoever comes after it. */
export async function dropOverlays(
  isToGo: (row: OverlayRow) => boolean,
  some?: Collection<OverlayRow, string>,
): Promise<void> {
  const { rows, broken } = await readEach(db.overlay, some)
  await db.overlay.bulkDelete([...broken, ...rows.filter(isToGo).map(({ op_id }) => op_id)])
}
