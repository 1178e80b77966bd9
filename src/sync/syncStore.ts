/**
 * How things stand between this phone and the server: the one place where screens read it. Notes on disk make
 * it the same in every tab. It reads them only after `follow`, because the first load has no database.
 */
import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef, type Ref } from 'vue'
import type { DbTrouble } from '@/data/db'
import type { Fault } from '@/domain/fault'
import type { Outcome } from './engine'
import type { SyncNotes } from './syncNotes'

/** Older than this, the screen says «al día hasta …». Seconds. */
const FRESH_S = 30

export const useSyncStore = defineStore('sync', () => {
  const signal = useSignal()
  const notes = shallowRef<SyncNotes>({ cycle: null, pulled: null, syncing: false })
  const diskFault = shallowRef<Fault['code'] | null>(null)
  const trouble = shallowRef<DbTrouble | null>(null)
  let isFollowing = false

  /** Follows the notes on disk and what the database needs of the person. Further calls change nothing. */
  async function follow(): Promise<void> {
    if (isFollowing) return
    isFollowing = true
    const { followNotes } = await import('./syncNotes')
    followNotes(
      (next) => (notes.value = next),
      (next) => (trouble.value = next),
    )
  }

  /** A cycle of this tab came to its end. Another tab's cycle (`busy`) tells nothing of this one's disk. */
  function cycleEnded(outcome: Outcome): void {
    if (outcome !== 'busy') diskFault.value = null
  }

  /** A cycle of this tab did not, because of its disk. In memory only: nothing can be written about it. */
  function cycleBroke(code: Fault['code']): void {
    diskFault.value = code
  }

  return {
    /** What the browser says of the network. It may be wrong about «yes», never about «no». */
    signal,
    /** False also when the browser claims signal and the last call found none. */
    online: computed(() => signal.value && notes.value.cycle?.fault !== 'offline'),
    wakes: useWakes(),
    ...useNews(notes, diskFault),
    /** What the database needs of the person. */
    trouble: shallowReadonly(trouble),
    follow,
    cycleEnded,
    cycleBroke,
  }
})

/** How current this phone is. */
function useNews(notes: Ref<SyncNotes>, diskFault: Ref<Fault['code'] | null>) {
  const fault = computed(() => diskFault.value ?? notes.value.cycle?.fault ?? null)
  const watermarkAge = computed(() => notes.value.pulled?.watermark_age ?? 0)
  const isFresh = computed(() => notes.value.pulled !== null && watermarkAge.value <= FRESH_S)
  return {
    /** Some tab or the worker is sending or reading now. */
    syncing: computed(() => notes.value.syncing),
    /** Until when everything is known, by the server's clock; null before the first read. */
    lastSyncedAt: computed(() => {
      const { pulled } = notes.value
      return pulled && new Date(pulled.at + pulled.clock_offset - pulled.watermark_age * 1000)
    }),
    upToDate: computed(() => fault.value === null && isFresh.value),
    /** By how many seconds the server's news lags behind. */
    watermarkAge,
    /** Code of the last cycle's fault, this tab's disk first (`storage_full`, `storage_failed`). */
    fault,
  }
}

function useSignal() {
  const signal = shallowRef(navigator.onLine)
  const look = () => (signal.value = navigator.onLine)
  addEventListener('online', look)
  addEventListener('offline', look)
  return shallowReadonly(signal)
}

/**
 * Whether the browser sends what waits once there is signal, this page closed too: Chromium's Background Sync,
 * unless the person switched it off. Elsewhere the next opening sends, and the words say so.
 */
function useWakes() {
  const wakes = shallowRef('SyncManager' in globalThis && 'serviceWorker' in navigator)
  const name = 'background-sync' as PermissionName
  if (wakes.value)
    navigator.permissions?.query({ name }).then(
      ({ state }) => (wakes.value = state !== 'denied'),
      () => undefined, // the browser has no such name
    )
  return shallowReadonly(wakes)
}
