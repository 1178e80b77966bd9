/**
 * The last board and the proposals that were read for it, in table `meta` under the prefix of the member's copy, so that
 * signing out erases them. An analyst without signal goes on with them.
 */
import { db } from '@/data/db'
import { asKeeper, KEPT_PREFIX } from '@/data/staff/keptItems'
import type { FindingsBoard, SortingItem } from '../../findings'

export interface KeptFindings {
  board: FindingsBoard
  items: SortingItem[]
}

const keyOf = (userId: string, id: string) => `${KEPT_PREFIX}${userId}:findings:${id}`

/** Null before the first read. */
export const getKeptFindings = async (userId: string, id: string): Promise<KeptFindings | null> =>
  ((await db.meta.get(keyOf(userId, id)))?.value as KeptFindings | undefined) ?? null

/** Keeps them while that member is signed in. Faults: `storage_full`, `storage_failed`. */
export const keepFindings = (userId: string, kept: KeptFindings) =>
  asKeeper(userId, () => db.meta.put({ key: keyOf(userId, kept.board.convocatoria_id), value: kept }))

/** Deletes those of a campaign that the member may no longer read. */
export const dropKeptFindings = (userId: string, id: string) => db.meta.delete(keyOf(userId, id))
