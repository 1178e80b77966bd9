/** What is published of a campaign, page by page; the worker answers what was read before. */
import { computed, ref, shallowRef } from 'vue'
import { useLoad } from '@/data/useLoad'
import type { Page } from '@/domain/wire'

/** Reads a page of what is published: the first for null, or the one after a key. */
export type ReadPage<Item> = (convocatoriaId: string, after: string | null) => Promise<Page<Item>>

export function usePublished<Item>(read: ReadPage<Item>, convocatoriaId: string) {
  /** The pages after the first, which begins anew with each `run`. */
  const later = shallowRef<readonly Page<Item>[]>([])
  const { value, state, run } = useLoad(async () => {
    const page = await read(convocatoriaId, null)
    later.value = []
    return page
  })
  const pages = computed(() => (value.value ? [value.value, ...later.value] : []))
  const isLoadingMore = ref(false)
  const hasMoreFailed = ref(false)

  /** Adds the next page; what is already there stays when it fails. */
  async function more(): Promise<void> {
    const after = pages.value.at(-1)?.next
    if (isLoadingMore.value || !after) return
    isLoadingMore.value = true
    hasMoreFailed.value = false
    try {
      later.value = [...later.value, await read(convocatoriaId, after)]
    } catch {
      hasMoreFailed.value = true
    }
    isLoadingMore.value = false
  }

  return {
    state,
    run,
    items: computed(() => pages.value.flatMap((page) => page.items)),
    hasNext: computed(() => pages.value.at(-1)?.next != null),
    isLoadingMore,
    hasMoreFailed,
    more,
  }
}
