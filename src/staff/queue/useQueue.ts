/**
 * The queue as it stands on the screen: filter from the address, words searched in memory only, pages by
 * keyset. It lives in the desk, so that opening a propuesta and coming back finds the same list.
 */
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { QueueItem, QueuePage } from '@/domain/staffRows'
import { decisionsFor } from '@/domain/states'
import { useSyncState } from '@/sync/syncState'
import { countKept, filterKept } from '../offline/keptQueue'
import { type QueueFilter, filterQuery, parseFilter, statesOf } from './queueFilter'
import { staffRpc } from '../desk/staffRpc'
import type { useKept } from '../offline/useKept'
import { useLoad } from '@/data/useLoad'
import { type LoadState, loadStateOf } from '@/domain/loadable'

const TYPING_PAUSE_MS = 350

type Counts = QueuePage['counts']

const askPage = (filter: QueueFilter, search: string, after: string | null) =>
  staffRpc<QueuePage>('review_queue', {
    p_kind: filter.kind,
    p_convocatoria: filter.convocatoria,
    p_states: statesOf(filter.show),
    p_search: search || null,
    p_after: after,
  })

/** The counts after one submission went from a state to another. */
function moveCount(counts: Counts, from: QueueItem, to: QueueItem): Counts {
  if (from.state === to.state) return counts
  return {
    ...counts,
    [from.state]: Math.max(0, (counts[from.state] ?? 0) - 1),
    [to.state]: (counts[to.state] ?? 0) + 1,
  }
}

/** The filter in the address: kept on both panes, replaced rather than piled up in the history. */
function useFilter() {
  const route = useRoute()
  const router = useRouter()
  const filter = computed<QueueFilter>((old) => {
    const next = parseFilter(route.query)
    return old && JSON.stringify(old) === JSON.stringify(next) ? old : next
  })
  const setFilter = (change: Partial<QueueFilter>) =>
    router.replace({ name: 'staff-queue', query: filterQuery({ ...filter.value, ...change }) })
  return { filter, setFilter }
}

/** The words searched, and the same once the typing paused. */
function useSearch() {
  const typed = ref('')
  const settled = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(typed, (words) => {
    clearTimeout(timer)
    timer = setTimeout(() => (settled.value = words.trim()), TYPING_PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return { typed, settled }
}

/** The next to decide: the first one after this in the list, else the first of all; null when none is left. */
export function nextToDecide(items: readonly QueueItem[], id: string, taken: ReadonlySet<string>) {
  const waits = (item: QueueItem) =>
    item.id !== id && !taken.has(item.id) && decisionsFor(item.state).length > 0
  const place = items.findIndex((item) => item.id === id)
  return items.slice(place + 1).find(waits) ?? items.find(waits) ?? null
}

/** The pages read so far as one list. */
function usePages() {
  const items = shallowRef<QueueItem[]>([])
  const counts = shallowRef<Counts>({})
  const next = ref<string | null>(null)

  function show(page: QueuePage, kept: QueueItem[] = []) {
    const known = new Set(kept.map((item) => item.id))
    items.value = [...kept, ...page.items.filter((item) => !known.has(item.id))]
    counts.value = page.counts
    next.value = page.next
  }
  /** Shows what became of one submission without asking for the list again. */
  function patch(fresh: QueueItem) {
    const old = items.value.find((item) => item.id === fresh.id)
    if (!old || old.version >= fresh.version) return
    counts.value = moveCount(counts.value, old, fresh)
    items.value = items.value.map((item) => (item === old ? fresh : item))
  }
  return { items, counts, next, show, patch }
}

/** Without signal the kept list stands in for the server's, and so it does for one that cannot be read at all. */
function useFallback(
  { kept }: ReturnType<typeof useKept>,
  state: Readonly<Ref<LoadState>>,
  hasPages: () => boolean,
) {
  const { online } = useSyncState()
  return computed(() => {
    const isUnread = state.value === 'failed' && !hasPages()
    return (!online.value || state.value === 'offline' || isUnread) && kept.value ? kept.value.items : null
  })
}

export function useQueue(kept: ReturnType<typeof useKept>) {
  const { filter, setFilter } = useFilter()
  const { typed, settled } = useSearch()
  const { items, counts, next, show, patch } = usePages()
  const isLoadingMore = ref(false)
  const first = useLoad(() => askPage(filter.value, settled.value, null))
  const { state, run: reload } = first

  const fallback = useFallback(kept, state, () => items.value.length > 0)
  watch(first.value, (page) => page && show(page))
  watch([filter, settled], reload, { immediate: true })

  async function loadMore() {
    if (isLoadingMore.value || !next.value) return
    isLoadingMore.value = true
    const asked = first.value.value
    try {
      const page = await askPage(filter.value, settled.value, next.value)
      if (first.value.value === asked) show(page, items.value)
    } catch (error) {
      state.value = loadStateOf(error)
    } finally {
      isLoadingMore.value = false
    }
  }
  return {
    filter,
    setFilter,
    search: typed,
    /** Whether it is the kept list that shows. */
    isKept: computed(() => fallback.value !== null),
    items: computed<QueueItem[]>(() =>
      fallback.value ? filterKept(fallback.value, filter.value, settled.value) : items.value,
    ),
    counts: computed(() => (fallback.value ? countKept(fallback.value, filter.value) : counts.value)),
    next: computed(() => (fallback.value ? null : next.value)),
    isLoadingMore,
    state,
    reload,
    loadMore,
    patch,
  }
}
