/**
 * The last answer for the board of each campaign, in table `meta` under the prefix of the member's copy, so that signing
 * out erases it. It holds counts and names of members, nothing of a submission.
 */
import type { CampaignBoard } from '@/domain/board'
import { db } from '../db'
import { asKeeper, KEPT_PREFIX } from './keptItems'

const keyOf = (userId: string, id: string) => `${KEPT_PREFIX}${userId}:board:${id}`

/** The board as last read here; null before the first read. */
export const getKeptBoard = async (userId: string, id: string): Promise<CampaignBoard | null> =>
  ((await db.meta.get(keyOf(userId, id)))?.value as CampaignBoard | undefined) ?? null

/** Keeps a board while that member is signed in. Faults: `storage_full`, `storage_failed`. */
export const keepBoard = (userId: string, board: CampaignBoard) =>
  asKeeper(userId, () => db.meta.put({ key: keyOf(userId, board.id), value: board }))

/** Deletes the board of a campaign that the member may no longer read. */
export const dropKeptBoard = (userId: string, id: string) => db.meta.delete(keyOf(userId, id))
