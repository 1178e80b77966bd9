/** What the server last said of a member, so that name and roles survive a reload without signal until signing out. */
import type { StaffMe } from '@/domain/staffRows'
import { db } from '../db'
import { asKeeper, ME_PREFIX } from './keptItems'

/** The member as last read on this phone; null when nothing is kept. The server decides what they may do. */
export const readKeptMe = async (userId: string): Promise<StaffMe | null> =>
  ((await db.meta.get(ME_PREFIX + userId))?.value as StaffMe | undefined) ?? null

/** Keeps an answer while its member is signed in. Whether the project lacks its set-up is asked anew each time. */
export const keepMe = (me: StaffMe) =>
  asKeeper(me.user_id, () =>
    db.meta.put({ key: ME_PREFIX + me.user_id, value: { ...me, needs_setup: false } }),
  )
