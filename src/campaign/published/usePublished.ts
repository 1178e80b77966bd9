/** What is published of a campaign, page by page; the worker answers what was read before. */
import { ref, shallowReadonly, shallowRef, readonly } from 'vue'
import { rpcGet } from '@/data/rpc'
import { Fault } from '@/domain/fault'

interface Page<Item> {
  items: Item[]
  next: string | null
}

type PublishedState = 'waiting' | 'ready' | 'offline' | 'error'

/** The page after `after`; the first for null. */
const fetchPage = <Item>(fn: string, convocatoriaId: string, after: string | null) =>
  rpcGet<Page<Item>>(fn, {
    p_convocatoria: convocatoriaId,
    ...(after !== null && { p_after: after }),
  })

/** `fn`: the public function that answers a page of them. */
export function usePublished<Item>(fn: string) {
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
      take(await fetchPage<Item>(fn, convocatoriaId, null), [])
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
      take(await fetchPage<Item>(fn, convocatoriaId, next.value), items.value)
    } catch {
      moreFailed.value = true
    }
    loadingMore.value = false
  }

  const told = { next: readonly(next), state: readonly(state), loadingMore: readonly(loadingMore) }
  return { ...told, items: shallowReadonly(items), moreFailed: readonly(moreFailed), load, more }
}
