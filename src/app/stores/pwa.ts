/**
 * The app on this phone: its versions, the browser's offer to install it, its readiness for offline use, and data that
 * the browser evicted.
 *
 * A new version is offered, never forced: the waiting worker takes over when the person accepts it, or after every tab
 * was closed. «Listo sin conexión» appears only when three things are true: the worker controls this page, so its
 * precache is complete; it keeps the landing's document; and one pull of the public scope was complete.
 */
import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef, type Ref } from 'vue'
import type { Workbox } from 'workbox-window'
import type { KeptCounts } from '@/data/evictionCheck'
import { flushUnsaved } from '@/data/unsaved'
import { installOffer } from '../installOffer'
import { useInstitutionStore } from '@/data/institutionStore'

const TOLD = 'convoca.ready_told'
const SHOWN_MS = 20_000

export const usePwaStore = defineStore('pwa', () => {
  const versions = useVersions()
  return { ...versions, ...useInstallOffer(), ...useReadiness(versions.active) }
})

/** The running version and the offered one. */
function useVersions() {
  const offered = shallowRef(false)
  const unsaved = shallowRef(false)
  const active = shallowRef(!!navigator.serviceWorker?.controller)
  let workbox: Workbox | undefined
  let accepted = false

  function onControlling(): void {
    const isFirst = !active.value // a page's first worker is not a new version
    active.value = true
    if (accepted) location.reload()
    else if (!isFirst) offered.value = true
    else void useInstitutionStore().load() // through the first worker, so that it keeps the document
  }

  /** Registers the worker and follows its versions. Does nothing in a browser without workers. */
  async function register(): Promise<void> {
    if (!('serviceWorker' in navigator)) return
    const { watchWorker } = await import('../worker')
    workbox = watchWorker(() => (offered.value = true), onControlling)
    await workbox.register()
  }

  /** Activates the new version and reloads the page, unless unsaved text cannot be written: then the offer stays. */
  async function accept(): Promise<void> {
    unsaved.value = !(await flushUnsaved())
    if (unsaved.value) return
    accepted = true
    offered.value = false
    const registration = await navigator.serviceWorker.getRegistration()
    if (registration?.waiting) workbox?.messageSkipWaiting()
    else location.reload() // another tab has activated it already
  }

  return {
    offered: shallowReadonly(offered),
    /** The last `accept` failed, because unsaved text could not be written. */
    unsaved: shallowReadonly(unsaved),
    /** Whether a worker controls this page. */
    active: shallowReadonly(active),
    register,
    accept,
    /** Hides the offer until the next version or the next opening. */
    later: () => void (offered.value = false),
  }
}

/** The browser's offer to install, kept until the person asks for it in Ajustes. */
function useInstallOffer() {
  /** Shows the browser's prompt. An offer can be used once. */
  async function install(): Promise<void> {
    const offer = installOffer.value
    installOffer.value = null
    await offer?.prompt()
  }
  return { canInstall: computed(() => installOffer.value !== null), install }
}

/** A cursor within a first read has a row after `@` (domain/pull.ts). */
const isComplete = (cursor: string | undefined) => cursor !== undefined && !cursor.includes('@')

/** The readiness for offline use, and the data that the browser evicted. */
function useReadiness(active: Readonly<Ref<boolean>>) {
  const institution = useInstitutionStore()
  const hasPulled = shallowRef(false)
  const lost = shallowRef<KeptCounts | null>(null)
  const told = shallowRef(wasTold())
  const ready = computed(() => active.value && institution.kept && hasPulled.value)

  /** Starts following the database. It loads the database, so call it after the first paint. */
  async function follow(): Promise<void> {
    const [{ db }, { observeTables }, { onLost, startEvictionCheck }] = await Promise.all([
      import('@/data/db'),
      import('@/data/observeTables'),
      import('@/data/evictionCheck'),
    ])
    observeTables(
      { tables: [db.cursors], read: () => db.cursors.get('public') },
      (row) => (hasPulled.value = isComplete(row?.cursor)),
    )
    onLost((counts) => (lost.value = counts))
    await startEvictionCheck().catch(() => undefined) // on a full disk the next opening checks again
  }

  /** The announcement is on the screen: remembers it, and hides it after twenty seconds. */
  function shown(): void {
    remember()
    setTimeout(dismiss, SHOWN_MS)
  }

  const dismiss = () => void (told.value = true)

  return {
    ready,
    /** Whether to announce the readiness now: once per phone. */
    announced: computed(() => ready.value && !told.value),
    hasPulled: shallowReadonly(hasPulled),
    /** The counts of evicted data; null without an eviction, or after the person has read about it. */
    lost: shallowReadonly(lost),
    follow,
    shown,
    dismiss,
  }
}

function wasTold(): boolean {
  try {
    return localStorage.getItem(TOLD) !== null
  } catch {
    return true
  }
}

function remember(): void {
  try {
    localStorage.setItem(TOLD, '1')
  } catch {
    // A private window does not remember, so the announcement may repeat.
  }
}
