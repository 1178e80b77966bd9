/** The registry as last read, shared by its pages, so that going from one to the other reads nothing again. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import type { RegistryBody } from '@/domain/registry'

export const useRegistryStore = defineStore('registry', () => {
  const { value: registry, state, run } = useLoad(() => answerOf(supabase.rpc('list_registry')))
  const bodies = computed(
    () => new Map<string, RegistryBody>(registry.value?.items.map((body) => [body.id, body])),
  )
  const classNames = computed(() => new Map(registry.value?.classes.map(({ key, name }) => [key, name])))
  const townNames = computed(
    () => new Map(registry.value?.municipalities.map(({ cve, name }) => [cve, name])),
  )
  return { registry, state, read: run, bodies, classNames, townNames }
})
