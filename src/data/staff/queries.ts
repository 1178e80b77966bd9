/** The staff's live queries, each with every table it reads (`../queries.ts`). */
import type { StaffItem } from '@/domain/staffRows'
import { db, type OutboxOp } from '../db'
import type { LiveQuery } from '../queries'
import { kindsWithRows } from './kindRows'
import { getKept, listCampaignIds, type Kept } from './keptItems'
import { getReply } from './replies'
import { getDecidedItem, listStaffOps, readStaffQueue, type StaffQueue } from './savedOps'
import { readSession, type StoredSession } from './session'

/** Who is signed in on this phone; null when nobody is. */
export const session: LiveQuery<StoredSession | null> = { tables: [db.auth], read: readSession }

/** Every op of staff that is not accepted yet, whoever's it is, in order of saving. */
export const staffOps: LiveQuery<OutboxOp[]> = { tables: [db.outbox], read: listStaffOps }

/** The same, and this member's ops that cannot be read. */
export const staffQueue = (userId: string): LiveQuery<StaffQueue> => ({
  tables: [db.outbox],
  read: () => readStaffQueue(userId),
})

/** The newest row of a submission that a verdict brought to this member; null when none did. */
export const decidedItem = (id: string, userId: string): LiveQuery<StaffItem | null> => ({
  tables: [db.overlay],
  read: () => getDecidedItem(id, userId),
})

/** What this member keeps to review without signal; null while the switch is off. */
export const keptQueue = (userId: string): LiveQuery<Kept | null> => ({
  tables: [db.meta, db.base, db.overlay],
  read: () => getKept(userId),
})

/** The campaigns that this phone knows of. */
export const campaignIds: LiveQuery<string[]> = { tables: [db.base], read: listCampaignIds }

/** What this member had written here, in the form of this name; undefined when nothing. */
export const savedReply = (userId: string, place: string, name: string): LiveQuery<unknown> => ({
  tables: [db.meta],
  read: () => getReply(userId, place, name),
})

/** Names of the kinds of campaign that keep rows for this member on this phone. */
export const kindsKept = (userId: string): LiveQuery<string[]> => ({
  tables: [db.meta],
  read: () => kindsWithRows(userId),
})
