/** What of the registry is shown: by words, class and state. */
import { computed, ref, watch } from 'vue'
import { createBodySearch } from '@/domain/bodySearch'
import type { RegistryBody, StaffRegistry } from '@/domain/registry'

export type BodyState = 'active' | 'retired' | 'all'

/** A registry has thousands of bodies; a page draws this many, and as many more when asked. */
const PAGE = 100

const isIn: Record<BodyState, (body: RegistryBody) => boolean> = {
  active: ({ active }) => active,
  retired: ({ active }) => !active,
  all: () => true,
}

export function useBodyFilter(
  registry: () => Pick<StaffRegistry, 'items' | 'municipalities'> | null | undefined,
) {
  const bodies = (): readonly RegistryBody[] => registry()?.items ?? []
  const typed = ref('')
  const classKey = ref<string | null>(null)
  const state = ref<BodyState>('active')
  const shown = ref(PAGE)
  const search = computed(() => createBodySearch(bodies(), registry()?.municipalities ?? []))
  const inClass = computed(() => {
    const found = typed.value.trim() ? search.value.find(typed.value, Infinity) : bodies()
    return found.filter(({ class_key }) => !classKey.value || class_key === classKey.value)
  })
  const found = computed(() => inClass.value.filter(isIn[state.value]))
  const counts = computed(() => ({
    active: inClass.value.filter(isIn.active).length,
    retired: inClass.value.filter(isIn.retired).length,
    all: inClass.value.length,
  }))
  watch([typed, classKey, state], () => (shown.value = PAGE))
  return {
    typed,
    classKey,
    state,
    found,
    counts,
    page: computed(() => found.value.slice(0, shown.value)),
    showMore: () => (shown.value += PAGE),
  }
}
