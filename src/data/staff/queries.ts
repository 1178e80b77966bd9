/** The staff's live queries, each with every table it reads (`../queries.ts`). */
import type { Convocatoria, Municipalities } from '@/domain/rows'
import type { StaffItem } from '@/domain/staffRows'
import { db, type OutboxOp } from '../db'
import { getMunicipalities, listConvocatorias, listConvocatoriasWhole } from '../publicBase'
import type { LiveQuery } from '../queries'
import { kindsWithRows } from './kindRows'
import { getKept, type Kept } from './keptItems'
import { listReplies, replyPlace } from './replies'
import { getDecidedItem, listStaffOps, readStaffQueue, type StaffQueue } from './savedOps'
import { readSession, type StoredSession } from './session'

/** The session on this phone; null when nobody is signed in. */
export const session: LiveQuery<StoredSession | null> = { tables: [db.auth], read: readSession }

/** Every unaccepted op of staff, of all members, in order of saving. */
export const staffOps: LiveQuery<OutboxOp[]> = { tables: [db.outbox], read: listStaffOps }

/** The same ops, and those of this member that cannot be read. */
export const staffQueue = (userId: string): LiveQuery<StaffQueue> => ({
  tables: [db.outbox],
  read: () => readStaffQueue(userId),
})

/** The newest row of a submission that a verdict brought to this member; null without one. */
export const decidedItem = (id: string, userId: string): LiveQuery<StaffItem | null> => ({
  tables: [db.overlay],
  read: () => getDecidedItem(id, userId),
})

/** The copy that this member keeps to review offline; null while the switch is off. */
export const keptQueue = (userId: string): LiveQuery<Kept | null> => ({
  tables: [db.meta, db.base, db.overlay],
  read: () => getKept(userId),
})

/** The campaigns; null while a first read has not brought all of them. */
export const campaigns: LiveQuery<Convocatoria[] | null> = {
  tables: [db.base, db.cursors],
  read: listConvocatoriasWhole,
}

/** The form of this name that the member saved here, or one beside it; undefined without one. */
export const savedReply = (userId: string, place: string, name: string): LiveQuery<unknown> => ({
  tables: [db.meta],
  read: () => replyPlace(userId, place, name).find(),
})

/** Names of the kinds of campaign that keep rows for this member on this phone. */
export const kindsKept = (userId: string): LiveQuery<string[]> => ({
  tables: [db.meta],
  read: () => kindsWithRows(userId),
})

/** Every form that the member saved here at this place. */
export const savedReplies = (userId: string, place: string): LiveQuery<{ key: string; form: unknown }[]> => ({
  tables: [db.meta],
  read: () => listReplies(userId, place),
})

/** What the queue's filters offer, as far as this phone has it: campaigns with their parts, and municipalities. */
export const filterChoices: LiveQuery<{
  campaigns: Convocatoria[]
  municipalities: Municipalities['items']
}> = {
  tables: [db.base],
  read: async () => ({
    campaigns: await listConvocatorias(),
    municipalities: (await getMunicipalities())?.items ?? [],
  }),
}
