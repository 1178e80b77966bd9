/** What was ticked of a list, one by one or all at once. What leaves the list is ticked no more. */
import { computed, ref } from 'vue'
import { choosing } from '@/domain/chosen'

export function useChosen(items: () => readonly { id: string }[]) {
  const ticked = ref<readonly string[]>([])
  const chosen = computed({
    get: () => items().flatMap(({ id }) => (ticked.value.includes(id) ? [id] : [])),
    set: (ids) => (ticked.value = ids),
  })
  const areAllChosen = computed({
    get: () => items().length > 0 && chosen.value.length === items().length,
    set: (all) => (chosen.value = all ? items().map(({ id }) => id) : []),
  })
  function choose(id: string, isChosen: boolean) {
    chosen.value = choosing(chosen.value, id, isChosen)
  }
  return { chosen, areAllChosen, choose }
}

export type Chosen = ReturnType<typeof useChosen>
