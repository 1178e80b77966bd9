import { computed, onScopeDispose, readonly, ref } from 'vue'
import { db, onDbTrouble, type DbTrouble } from '@/data/db'
import type { LiveQuery } from '@/data/queries'
import { useLive } from '@/data/useLive'
import { CYCLE_NOTE, type CycleNote } from './engine'
import { LEASE } from './fence'
import { PULL_NOTE, type PullNote } from './page'
import { storageTrouble } from './storageTrouble'

/** Older than this, the screen says «al día hasta …». Seconds. */
const FRESH_S = 30

const noteOf = <T>(key: string): LiveQuery<T | undefined> => ({
  tables: [db.meta],
  read: async () => (await db.meta.get(key))?.value as T | undefined,
})

function useBrowserOnline() {
  const isOnline = ref(navigator.onLine)
  const update = () => {
    isOnline.value = navigator.onLine
  }
  addEventListener('online', update)
  addEventListener('offline', update)
  onScopeDispose(() => {
    removeEventListener('online', update)
    removeEventListener('offline', update)
  })
  return isOnline
}

/**
 * How things stand between this phone and the server, the same in every tab. `online` is false also when the
 * browser claims signal and the last call found none. `lastSyncedAt` is the instant (server's clock) until
 * which everything is known; `watermarkAge` is in seconds; `fault` is the last cycle's code, of this tab's disk first.
 */
export function useSyncState() {
  const browserOnline = useBrowserOnline()
  const cycle = useLive(noteOf<CycleNote>(CYCLE_NOTE), undefined)
  const pulled = useLive(noteOf<PullNote>(PULL_NOTE), undefined)
  const syncing = useLive(
    { tables: [db.leases], read: async () => (await db.leases.get(LEASE))?.held ?? false },
    false,
  )
  const trouble = ref<DbTrouble | null>(null)
  onScopeDispose(onDbTrouble((next) => (trouble.value = next)))

  const fault = computed(() => storageTrouble.value ?? cycle.value?.fault ?? null)
  const watermarkAge = computed(() => pulled.value?.watermark_age ?? 0)
  const lastSyncedAt = computed(() => {
    const note = pulled.value
    return note ? new Date(note.at + note.clock_offset - note.watermark_age * 1000) : null
  })
  return {
    online: computed(() => browserOnline.value && cycle.value?.fault !== 'offline'),
    syncing,
    lastSyncedAt,
    upToDate: computed(() => !!pulled.value && fault.value === null && watermarkAge.value <= FRESH_S),
    watermarkAge,
    fault,
    trouble: readonly(trouble),
  }
}
