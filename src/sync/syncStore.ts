/**
 * The state of synchronising, for every screen. It comes from notes on disk, so it is the same in every tab. The
 * store reads them only after `follow`, because the first load has no database.
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

  /** Starts reading the notes and the database's trouble. Further calls change nothing. */
  async function follow(): Promise<void> {
    if (isFollowing) return
    isFollowing = true
    const { followNotes } = await import('./syncNotes')
    followNotes(
      (next) => (notes.value = next),
      (next) => (trouble.value = next),
    )
  }

  /** A cycle of this tab ended. `busy` proves nothing about the disk, because the cycle wrote nothing. */
  function cycleEnded(outcome: Outcome): void {
    if (outcome !== 'busy') diskFault.value = null
  }

  /** The disk stopped a cycle of this tab. Kept in memory, because the disk cannot keep it. */
  function cycleBroke(code: Fault['code']): void {
    diskFault.value = code
  }

  return {
    /** `navigator.onLine`: it may be wrong when true, never when false. */
    signal,
    /** False also when the browser reports signal but the last call got no answer. */
    online: computed(() => signal.value && notes.value.cycle?.fault !== 'offline'),
    wakes: useWakes(),
    ...useNews(notes, diskFault),
    /** Why the database cannot be opened, or null. */
    trouble: shallowReadonly(trouble),
    follow,
    cycleEnded,
    cycleBroke,
  }
})

/** How up to date this phone is. */
function useNews(notes: Ref<SyncNotes>, diskFault: Ref<Fault['code'] | null>) {
  const fault = computed(() => diskFault.value ?? notes.value.cycle?.fault ?? null)
  const watermarkAge = computed(() => notes.value.pulled?.watermark_age ?? 0)
  const isFresh = computed(() => notes.value.pulled !== null && watermarkAge.value <= FRESH_S)
  return {
    /** Whether a tab or the worker is sending or reading now. */
    syncing: computed(() => notes.value.syncing),
    /** The instant, by the server's clock, up to which every change is here; null before the first pull. */
    lastSyncedAt: computed(() => {
      const { pulled } = notes.value
      return pulled && new Date(pulled.at + pulled.clock_offset - pulled.watermark_age * 1000)
    }),
    upToDate: computed(() => fault.value === null && isFresh.value),
    /** Seconds by which the server's changes lag behind its clock. */
    watermarkAge,
    /** Code of this tab's disk fault (`storage_full`, `storage_failed`), else of the last cycle's fault, or null. */
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
 * Whether the browser sends waiting ops once there is signal, even with the page closed: Chromium's Background Sync,
 * unless the person switched it off. Elsewhere the next opening sends, and the words say so.
 */
function useWakes() {
  const wakes = shallowRef('SyncManager' in globalThis && 'serviceWorker' in navigator)
  const name = 'background-sync' as PermissionName
  if (wakes.value)
    navigator.permissions?.query({ name }).then(
      ({ state }) => (wakes.value = state !== 'denied'),
      () => undefined, // the browser does not know this permission
    )
  return shallowReadonly(wakes)
}
