/** The door's live queries, each with every table it reads. */
import { db } from '@/data/db'
import type { LiveQuery } from '@/data/queries'
import {
  type DoorAnswer,
  getDoorDays,
  getDoorList,
  type KeptDays,
  type KeptList,
  listDoorVerdicts,
} from './keptLists'

/** The days as last read; null before the first read. */
export const doorDays = (userId: string): LiveQuery<KeptDays | null> => ({
  tables: [db.meta],
  read: () => getDoorDays(userId),
})

/** A day's list as last read; null before the first read. */
export const doorList = (userId: string, jornadaId: string): LiveQuery<KeptList | null> => ({
  tables: [db.meta],
  read: () => getDoorList(userId, jornadaId),
})

/** The lines that verdicts brought to this member, of any day. */
export const doorVerdicts = (userId: string): LiveQuery<DoorAnswer[]> => ({
  tables: [db.overlay],
  read: () => listDoorVerdicts(userId),
})
