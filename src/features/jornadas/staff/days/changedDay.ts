import { db } from '@/data/db'
import type { LiveQuery } from '@/data/queries'
import { verdictRows } from '@/data/staff/savedOps'
import type { JornadaDay } from '@/features/jornadas/registration'

async function getChangedDay(id: string, userId: string): Promise<JornadaDay | null> {
  const rows = await verdictRows(id, userId)
  const days = rows.flatMap((row) => ('sequence' in row ? [row] : []))
  return days.sort((a, b) => b.sequence - a.sequence)[0] ?? null
}

/** The newest version of a day that a verdict brought to this member; null without one. */
export const changedDay = (id: string, userId: string): LiveQuery<JornadaDay | null> => ({
  tables: [db.overlay],
  read: () => getChangedDay(id, userId),
})
