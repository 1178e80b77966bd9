/** Reads a campaign's published submissions page by page. Offline the worker answers from its cache. */
import { computed, ref, shallowRef } from 'vue'
import { useLoad } from '@/data/useLoad'
import type { Page } from '@/domain/wire'

/** Reads one page: the first one for null, or the one after a key. */
export type ReadPage<Item> = (convocatoriaId: string, after: string | null) => Promise<Page<Item>>

/** The pages read so far, and the commands that read them. `run` reads the first page; call it once. */
export function usePublished<Item>(read: ReadPage<Item>, convocatoriaId: string) {
  /** The pages after the first. Each `run` clears them. */
  const later = shallowRef<readonly Page<Item>[]>([])
  const { value, state, run } = useLoad(async () => {
    const page = await read(convocatoriaId, null)
    later.value = []
    return page
  })
  const pages = computed(() => (value.value ? [value.value, ...later.value] : []))
  const isLoadingMore = ref(false)
  const hasMoreFailed = ref(false)

  /** Adds the next page. A failure keeps the pages that are shown. */
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
