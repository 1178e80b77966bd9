/** The registry as last read, shared by its pages, so that going from one to the other reads nothing again. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { type Loadable, useLoad } from '@/data/useLoad'
import type { RegistryBody, StaffRegistry } from '@/domain/registry'

const within = (p_within: string) => answerOf(supabase.rpc('list_registry', { p_within }))

/** The registry, by parts when it is large. Of one that did not change, the bodies that were read are used again. */
async function readRegistry(former: StaffRegistry | null): Promise<StaffRegistry> {
  const first = await within('')
  if (!first.parts) return first
  if (former?.parts && former.version === first.version) return { ...first, items: former.items }
  const parts = await Promise.all(first.parts.map(within))
  const items = parts.flatMap((part) => part.items)
  return { ...first, items: items.sort((a, b) => a.name.localeCompare(b.name, 'es')) }
}

export const useRegistryStore = defineStore('registry', () => {
  const load: Loadable<StaffRegistry> = useLoad(() => readRegistry(load.value.value))
  const { value: registry, state, run } = load
  const bodies = computed(
    () => new Map<string, RegistryBody>(registry.value?.items.map((body) => [body.id, body])),
  )
  const classNames = computed(
    () => new Map<string, string>(registry.value?.classes.map(({ key, name }) => [key, name])),
  )
  const townNames = computed(
    () => new Map<string, string>(registry.value?.municipalities.map(({ cve, name }) => [cve, name])),
  )
  return { registry, state, read: run, bodies, classNames, townNames }
})
