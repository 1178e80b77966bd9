/** The staff's live queries. Each names every table that it reads (`../queries.ts`). */
import type { DoorLine, JornadaDay } from '@/domain/registration'
import type { StaffItem } from '@/domain/staffRows'
import { db, type OutboxOp } from '../db'
import type { LiveQuery } from '../queries'
import { getDoorDays, getDoorList, listDoorVerdicts, type KeptDays, type KeptList } from './door'
import { getKept, listCampaignIds, type Kept } from './keptItems'
import { getReply } from './replies'
import { getChangedDay, getDecidedItem, listStaffOps, readStaffQueue, type StaffQueue } from './savedOps'
import { readSession, type StoredSession } from './session'

/** The session on this phone; null when nobody is signed in. */
export const session: LiveQuery<StoredSession | null> = { tables: [db.auth], read: readSession }

/** Every readable staff op that is not accepted, of every member, in order of saving. */
export const staffOps: LiveQuery<OutboxOp[]> = { tables: [db.outbox], read: listStaffOps }

/** The same ops, and this member's unreadable ops. */
export const staffQueue = (userId: string): LiveQuery<StaffQueue> => ({
  tables: [db.outbox],
  read: () => readStaffQueue(userId),
})

/** The newest row of a submission that a verdict brought to this member, or null. */
export const decidedItem = (id: string, userId: string): LiveQuery<StaffItem | null> => ({
  tables: [db.overlay],
  read: () => getDecidedItem(id, userId),
})

/** The newest row of a day of the calendar that a verdict brought to this member, or null. */
export const changedDay = (id: string, userId: string): LiveQuery<JornadaDay | null> => ({
  tables: [db.overlay],
  read: () => getChangedDay(id, userId),
})

/** The queues that this member keeps for review without signal; null while the switch is off. */
export const keptQueue = (userId: string): LiveQuery<Kept | null> => ({
  tables: [db.meta, db.base, db.overlay],
  read: () => getKept(userId),
})

/** The ids of the campaigns on this phone. */
export const campaignIds: LiveQuery<string[]> = { tables: [db.base], read: listCampaignIds }

/** This member's saved text of the form `name` at `place`, or undefined. */
export const savedReply = (userId: string, place: string, name: string): LiveQuery<unknown> => ({
  tables: [db.meta],
  read: () => getReply(userId, place, name),
})

/** The door's days as last read; null when they were never read. */
export const doorDays = (userId: string): LiveQuery<KeptDays | null> => ({
  tables: [db.meta],
  read: () => getDoorDays(userId),
})

/** A day's list as last read; null when it was never read. */
export const doorList = (userId: string, jornadaId: string): LiveQuery<KeptList | null> => ({
  tables: [db.meta],
  read: () => getDoorList(userId, jornadaId),
})

/** The list's lines that verdicts brought to this member, of all days. */
export const doorVerdicts = (userId: string): LiveQuery<DoorLine[]> => ({
  tables: [db.overlay],
  read: () => listDoorVerdicts(userId),
})
