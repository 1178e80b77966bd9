/** What is published of a campaign, page by page; the worker answers what was read before. */
import { ref, shallowReadonly, shallowRef, readonly } from 'vue'
import { Fault } from '@/domain/fault'
import type { Page } from '@/domain/wire'

type PublishedState = 'waiting' | 'ready' | 'offline' | 'error'

/** `readPage`: the page after `after` of a campaign; the first for null. */
export function usePublished<Item>(
  readPage: (convocatoriaId: string, after: string | null) => Promise<Page<Item>>,
) {
  const items = shallowRef<readonly Item[]>([])
  const next = ref<string | null>(null)
  const state = ref<PublishedState>('waiting')
  const loadingMore = ref(false)
  const moreFailed = ref(false)

  function take(page: Page<Item>, before: readonly Item[]): void {
    items.value = [...before, ...page.items]
    next.value = page.next
  }

  /** Reads the first page, afresh. */
  async function load(convocatoriaId: string): Promise<void> {
    state.value = 'waiting'
    try {
      take(await readPage(convocatoriaId, null), [])
      state.value = 'ready'
    } catch (error) {
      state.value = error instanceof Fault && error.code === 'offline' ? 'offline' : 'error'
    }
  }

  /** Adds the next page; what is already there stays when it fails. */
  async function more(convocatoriaId: string): Promise<void> {
    if (loadingMore.value) return
    loadingMore.value = true
    moreFailed.value = false
    try {
      take(await readPage(convocatoriaId, next.value), items.value)
    } catch {
      moreFailed.value = true
    }
    loadingMore.value = false
  }

  const told = { next: readonly(next), state: readonly(state), loadingMore: readonly(loadingMore) }
  return { ...told, items: shallowReadonly(items), moreFailed: readonly(moreFailed), load, more }
}
