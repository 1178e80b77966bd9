/**
 * What the member's desk keeps at hand on this phone: colleagues to assign to, and the institution's ready-made replies. It is
 * erased with the kept copies when anybody signs out.
 */
import type { DeskKit } from '@/domain/staffRows'
import { db } from '../db'
import { asKeeper, KEPT_PREFIX } from './keptItems'

const keyOf = (userId: string) => `${KEPT_PREFIX}${userId}:kit`

/** Null before the first answer of the server. */
export const readKit = async (userId: string): Promise<DeskKit | null> =>
  ((await db.meta.get(keyOf(userId)))?.value as DeskKit | undefined) ?? null

/** Keeps the kit while that member is signed in. Faults: `storage_full`, `storage_failed`. */
export const writeKit = (userId: string, value: DeskKit) =>
  asKeeper(userId, () => db.meta.put({ key: keyOf(userId), value }))
