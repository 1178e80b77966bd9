/** What the disk says of synchronising, for the page's store. */
import { db, onDbTrouble, type DbTrouble } from '@/data/db'
import { observeTables } from '@/data/observeTables'
import type { LiveQuery } from '@/data/queries'
import { CYCLE_NOTE, type CycleNote } from './engine'
import { LEASE } from './fence'
import { PULL_NOTE, type PullNote } from './page'

/** Of whatever tab or worker; null before there was one. */
export interface SyncNotes {
  cycle: CycleNote | null
  pulled: PullNote | null
  syncing: boolean
}

const syncNotes: LiveQuery<SyncNotes> = {
  tables: [db.meta, db.leases],
  read: async () => {
    const [[cycle, pulled], lease] = await Promise.all([
      db.meta.bulkGet([CYCLE_NOTE, PULL_NOTE]),
      db.leases.get(LEASE),
    ])
    return {
      cycle: (cycle?.value as CycleNote | undefined) ?? null,
      pulled: (pulled?.value as PullNote | undefined) ?? null,
      syncing: lease?.held ?? false,
    }
  },
}

/** Tells the notes now and at every change, and what the database needs of the person. It never ends. */
export function followNotes(
  onNotes: (notes: SyncNotes) => void,
  onTrouble: (trouble: DbTrouble | null) => void,
): void {
  onDbTrouble(onTrouble)
  observeTables(syncNotes, onNotes)
}
