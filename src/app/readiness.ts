/**
 * «Listo sin conexión» is said only when it is true: the worker controls this page (so its precache is
 * complete) and keeps the landing's document, and the first read of the public base has ended. It is
 * announced once a phone.
 */
import { computed, effectScope, shallowReadonly, shallowRef, watchEffect } from 'vue'
import type { DbTrouble } from '@/data/db'
import { useInstitution } from './institution'
import { oneForAll } from './oneForAll'
import { useUpdates } from './updates'

const TOLD = 'convoca.ready_told'
const SHOWN_MS = 20_000

/** A cursor inside a first read still names a row after `@` (domain/pull.ts). */
const isComplete = (cursor: string | undefined) => cursor !== undefined && !cursor.includes('@')

export const useReadiness = oneForAll(() => {
  const updates = useUpdates()
  const institution = useInstitution()
  const hasPulled = shallowRef(false)
  const told = shallowRef(wasTold())
  const ready = computed(() => updates.active && institution.kept && hasPulled.value)
  const announced = computed(() => ready.value && !told.value)
  const trouble = shallowRef<DbTrouble | null>(null)
  const isLost = shallowRef(false)

  /** Follows the database; loads it, so it is called after the first paint. */
  async function follow(): Promise<void> {
    const [{ db, onDbTrouble }, { useLive }, { startEvictionCheck, lost }] = await Promise.all([
      import('@/data/db'),
      import('@/data/useLive'),
      import('@/data/evictionCheck'),
    ])
    onDbTrouble((what) => (trouble.value = what))
    effectScope(true).run(() => {
      const cursor = useLive({ tables: [db.cursors], read: () => db.cursors.get('public') }, undefined)
      watchEffect(() => (hasPulled.value = isComplete(cursor.value?.cursor)))
      watchEffect(() => (isLost.value = lost.value !== null))
    })
    await startEvictionCheck().catch(() => undefined) // a full disk: asked again at the next opening
  }

  /** It stands on the screen: this phone was told, and Ajustes goes on saying it. */
  function shown(): void {
    remember()
    setTimeout(dismiss, SHOWN_MS)
  }

  const dismiss = () => (told.value = true)

  return {
    ready,
    announced,
    hasPulled: shallowReadonly(hasPulled),
    trouble: shallowReadonly(trouble),
    /** The browser threw away what was kept here, and the person has not read it yet. */
    isLost: shallowReadonly(isLost),
    follow,
    shown,
    dismiss,
  }
})

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
