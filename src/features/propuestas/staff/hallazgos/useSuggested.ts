/** Suggested groups of the proposals in no finding, computed on this device from the texts that it has. Nothing is grouped by it. */
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { SortingItem } from '../../findings'
import type { SuggestedGroup } from '../../likeness/groups'
import { isUnsorted } from './sorting'

/** The words of a group as beginnings, so that «luminaria» is marked where the group says «luminarias». */
export const beginnings = (words: readonly string[]): string[] =>
  words.map((word) => word.replace(/e?s$/u, ''))

export interface Suggested {
  /** Of its most typical proposal. */
  id: string
  words: readonly string[]
  items: SortingItem[]
}

/** `failed`: the code did not come. The groups stay while their proposals are moved; `search` makes them anew. */
export function useSuggested(items: Readonly<Ref<readonly SortingItem[]>>) {
  const state = ref<'waiting' | 'ready' | 'failed'>('waiting')
  const made = shallowRef<readonly SuggestedGroup[]>([])
  const unsorted = computed(() => items.value.filter(isUnsorted))

  async function search(): Promise<void> {
    state.value = 'waiting'
    try {
      const { suggestInTurns } = await import('../../likeness/groups')
      const texts = unsorted.value.map(({ submission_id: id, body }) => ({ id, body }))
      made.value = await suggestInTurns(texts)
      state.value = 'ready'
    } catch {
      state.value = 'failed'
    }
  }
  watch(
    () => unsorted.value.length > 0,
    (isThere) => void (isThere && search()),
    { immediate: true },
  )

  const groups = computed<Suggested[]>(() => {
    const left = new Map(unsorted.value.map((item) => [item.submission_id, item]))
    return made.value
      .filter(({ ids }) => ids.length > 1)
      .map(({ words, ids }) => ({ id: ids[0]!, words, items: ids.flatMap((id) => left.get(id) ?? []) }))
      .filter((group) => group.items.length > 0)
  })
  /** Those that no group has: like no other, or read since the search. */
  const alone = computed(() => {
    const grouped = new Set(groups.value.flatMap((group) => group.items))
    return unsorted.value.filter((item) => !grouped.has(item)).length
  })
  return { state, groups, alone, unsorted, search }
}
