/** The notes on disk about synchronising, for the sync store. */
import { db, onDbTrouble, type DbTrouble } from '@/data/db'
import { observeTables } from '@/data/observeTables'
import type { LiveQuery } from '@/data/queries'
import { CYCLE_NOTE, type CycleNote } from './engine'
import { LEASE } from './fence'
import { PULL_NOTE, type PullNote } from './page'

/** Written by any tab or the worker; null before the first cycle or pull. */
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

/** Reports the notes and the database's trouble, now and at every change, until the page ends. */
export function followNotes(
  onNotes: (notes: SyncNotes) => void,
  onTrouble: (trouble: DbTrouble | null) => void,
): void {
  onDbTrouble(onTrouble)
  observeTables(syncNotes, onNotes)
}
