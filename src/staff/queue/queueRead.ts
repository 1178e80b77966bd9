/** Reads the queue from the server, page by page. */
import { ref, shallowRef, watch } from 'vue'
import { answerOf, supabase } from '@/data/staff/client'
import { useLoad } from '@/data/useLoad'
import { loadStateOf } from '@/domain/loadable'
import type { QueuePage } from '@/domain/staffRows'
import { createPages } from './queuePages'
import { askedFilter, parseFilter, type QueueFilter, statesOf } from './queueFilter'
import { searchOf, TYPING_PAUSE_MS } from './typedSearch'

const CALLS = 5

const askOnce = (filter: QueueFilter, search: string, after: string | null) =>
  answerOf(
    supabase.rpc('review_queue', {
      p_kind: filter.kind,
      p_convocatoria: filter.convocatoria,
      p_states: statesOf(filter.show),
      p_search: search || null,
      p_after: after,
      p_filter: askedFilter(filter),
    }),
  )

/** A page. The server ends one at 1,000 submissions that it looked at: of an empty one this asks on, a few times. */
async function askPage(filter: QueueFilter, search: string, after: string | null): Promise<QueuePage> {
  let page = await askOnce(filter, search, after)
  for (let asked = 1; asked < CALLS && page.next && page.items.length === 0; asked++) {
    page = { ...page, ...(await askOnce(filter, search, page.next)) }
  }
  return page
}

/** Filter, search and pages. Reading starts with `follow`; `clear` forgets everything. */
export function createRead() {
  const filter = shallowRef<QueueFilter>(parseFilter({}))
  const search = ref('')
  const settled = ref('') // the search after a pause in typing
  const pages = createPages()
  const { value: first, state, run: reload } = useLoad(() => askPage(filter.value, settled.value, null))
  const more = createLoadMore(pages, async (after) => {
    const asked = first.value
    const page = await askPage(filter.value, settled.value, after)
    return first.value === asked ? page : null
  })

  /** Sets the filter. The same filter again causes no read. */
  function narrow(next: QueueFilter): void {
    if (JSON.stringify(next) !== JSON.stringify(filter.value)) filter.value = next
  }
  /** Reads now and whenever filter or search change. Call it in a scope that ends when the desk closes. */
  function follow(): void {
    watch(search, (words, _, onCleanup) => {
      const timer = setTimeout(() => (settled.value = searchOf(words)), TYPING_PAUSE_MS)
      onCleanup(() => clearTimeout(timer))
    })
    watch(first, (page) => page && pages.show(page))
    watch([filter, settled], reload, { immediate: true })
  }
  function clear(): void {
    search.value = settled.value = ''
    first.value = null
    state.value = 'waiting'
    pages.show({ items: [], next: null, counts: {} })
  }
  const loadMore = () => more.load().catch((error: unknown) => void (state.value = loadStateOf(error)))
  const { isLoading: isLoadingMore } = more
  return { filter, search, settled, pages, state, isLoadingMore, reload, loadMore, narrow, follow, clear }
}

/** Reads one next page at a time. `ask` resolves to null when the list was replaced meanwhile. */
function createLoadMore(
  pages: ReturnType<typeof createPages>,
  ask: (after: string) => Promise<QueuePage | null>,
) {
  const isLoading = ref(false)
  async function load(): Promise<void> {
    if (isLoading.value || !pages.next.value) return
    isLoading.value = true
    try {
      const page = await ask(pages.next.value)
      if (page) pages.show(page, pages.items.value)
    } finally {
      isLoading.value = false
    }
  }
  return { isLoading, load }
}
