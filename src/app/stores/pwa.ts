/**
 * The app as this phone has it: its versions, the browser's offer to install it, whether it works without
 * signal, and what the browser threw away.
 *
 * A new version is offered, never forced: the waiting worker takes over when the person says so, or when
 * every tab was closed. «Listo sin conexión» is said only when it is true: the worker controls this page (so
 * its precache is complete) and keeps the landing's document, and the public base was read to its end once.
 */
import { defineStore } from 'pinia'
import { computed, shallowReadonly, shallowRef, type Ref } from 'vue'
import type { Workbox } from 'workbox-window'
import type { KeptCounts } from '@/data/evictionCheck'
import { flushUnsaved } from '@/data/unsaved'
import { installOffer } from '../installOffer'
import { useInstitutionStore } from './institution'

const TOLD = 'convoca.ready_told'
const SHOWN_MS = 20_000

export const usePwaStore = defineStore('pwa', () => {
  const versions = useVersions()
  return { ...versions, ...useInstallOffer(), ...useReadiness(versions.active) }
})

/** Which version runs here, and which one waits. */
function useVersions() {
  const offered = shallowRef(false)
  const unsaved = shallowRef(false)
  const active = shallowRef(!!navigator.serviceWorker?.controller)
  let workbox: Workbox | undefined
  let accepted = false

  function onControlling(): void {
    const isFirst = !active.value // another page of this first visit may have registered it
    active.value = true
    if (accepted) location.reload()
    else if (!isFirst) offered.value = true
    else void useInstitutionStore().load() // the first worker has not seen this document yet: now it keeps it
  }

  /** Registers the worker and listens. Does nothing where there are no workers (private windows, old phones). */
  async function register(): Promise<void> {
    if (!('serviceWorker' in navigator)) return
    const { watchWorker } = await import('../worker')
    workbox = watchWorker(() => (offered.value = true), onControlling)
    await workbox.register()
  }

  /** Lets the new worker in and reloads the page. While something cannot be written, stays and goes on offering. */
  async function accept(): Promise<void> {
    unsaved.value = !(await flushUnsaved())
    if (unsaved.value) return
    accepted = true
    offered.value = false
    const registration = await navigator.serviceWorker.getRegistration()
    if (registration?.waiting) workbox?.messageSkipWaiting()
    else location.reload() // another tab let it in already
  }

  return {
    offered: shallowReadonly(offered),
    /** The last `accept` stayed, because something on the screen could not be written. */
    unsaved: shallowReadonly(unsaved),
    /** A worker controls this page. */
    active: shallowReadonly(active),
    register,
    accept,
    /** Puts the offer off until the next version, or the next opening. */
    later: () => void (offered.value = false),
  }
}

/** The browser's own offer, kept until the person asks for it in Ajustes. */
function useInstallOffer() {
  /** Takes the offer; it can be taken once. */
  async function install(): Promise<void> {
    const offer = installOffer.value
    installOffer.value = null
    await offer?.prompt()
  }
  return { canInstall: computed(() => installOffer.value !== null), install }
}

/** A cursor inside a first read still names a row after `@` (domain/pull.ts). */
const isComplete = (cursor: string | undefined) => cursor !== undefined && !cursor.includes('@')

/** What this phone holds for a day without signal, and what it held before the browser threw it away. */
function useReadiness(active: Readonly<Ref<boolean>>) {
  const institution = useInstitutionStore()
  const hasPulled = shallowRef(false)
  const lost = shallowRef<KeptCounts | null>(null)
  const told = shallowRef(wasTold())
  const ready = computed(() => active.value && institution.kept && hasPulled.value)

  /** Follows the database. Loads it, so call it after the first paint. */
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
    await startEvictionCheck().catch(() => undefined) // a full disk: asked again at the next opening
  }

  /** It stands on the screen: this phone was told, and Ajustes goes on saying it. */
  function shown(): void {
    remember()
    setTimeout(dismiss, SHOWN_MS)
  }

  const dismiss = () => void (told.value = true)

  return {
    ready,
    /** Whether to say now that it is ready: once on a phone. */
    announced: computed(() => ready.value && !told.value),
    hasPulled: shallowReadonly(hasPulled),
    /** What was here when the browser threw it away; null when it did not, or when the person has read it. */
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
    // a private window forgets; it may be told again
  }
}
