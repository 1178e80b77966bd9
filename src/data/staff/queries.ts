/** The staff's live queries, each with every table it reads (`../queries.ts`). */
import type { DoorLine, JornadaDay } from '@/domain/registration'
import type { StaffItem } from '@/domain/staffRows'
import { db, type OutboxOp } from '../db'
import type { LiveQuery } from '../queries'
import { getDoorDays, getDoorList, listDoorVerdicts, type KeptDays, type KeptList } from './door'
import { getKept, listCampaignIds, type Kept } from './keptItems'
import { getReply } from './replies'
import { getChangedDay, getDecidedItem, listStaffOps, readStaffQueue, type StaffQueue } from './savedOps'
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

/** The newest row of a day of the calendar that a verdict brought to this member; null when none did. */
export const changedDay = (id: string, userId: string): LiveQuery<JornadaDay | null> => ({
  tables: [db.overlay],
  read: () => getChangedDay(id, userId),
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

/** The days of the door as last read; null when they never were. */
export const doorDays = (userId: string): LiveQuery<KeptDays | null> => ({
  tables: [db.meta],
  read: () => getDoorDays(userId),
})

/** A day's list as last read; null when it never was. */
export const doorList = (userId: string, jornadaId: string): LiveQuery<KeptList | null> => ({
  tables: [db.meta],
  read: () => getDoorList(userId, jornadaId),
})

/** The lines that verdicts brought to this member, of whatever day. */
export const doorVerdicts = (userId: string): LiveQuery<DoorLine[]> => ({
  tables: [db.overlay],
  read: () => listDoorVerdicts(userId),
})
