/** The pages of the queue read so far, as one list, with the counts by state. */
import { ref, shallowRef } from 'vue'
import type { QueueItem, QueuePage, TabCounts } from '@/domain/staffRows'
import { decisionsFor } from '@/domain/states'

export type Counts = QueuePage['counts']

/** The counts after one submission changed its state. */
function moveCount(counts: Counts, from: QueueItem, to: QueueItem): Counts {
  if (from.state === to.state) return counts
  return {
    ...counts,
    [from.state]: Math.max(0, (counts[from.state] ?? 0) - 1),
    [to.state]: (counts[to.state] ?? 0) + 1,
  }
}

/** The submissions of the list that wait for a decision and have no unsent one. */
export const leftToDecide = (items: readonly QueueItem[], taken: ReadonlySet<string>): QueueItem[] =>
  items.filter((item) => !taken.has(item.id) && decisionsFor(item.state).length > 0)

/** The next submission to decide: the first one after `id` in the list, else the first of the list; null if none. */
export function nextToDecide(items: readonly QueueItem[], id: string, taken: ReadonlySet<string>) {
  const place = items.findIndex((item) => item.id === id)
  const [next] = leftToDecide(items.slice(place + 1), taken)
  return next ?? leftToDecide(items, taken).find((item) => item.id !== id) ?? null
}

/** The item after (1) or before (-1) `id` in the list; null at its ends. For an item not in the list, the first one. */
export function stepFrom(items: readonly QueueItem[], id: string, by: 1 | -1): QueueItem | null {
  const place = items.findIndex((item) => item.id === id)
  return (place < 0 ? items[0] : items[place + by]) ?? null
}

export function createPages() {
  const items = shallowRef<QueueItem[]>([])
  const counts = shallowRef<Counts>({})
  const next = ref<string | null>(null)
  const quarantined = ref(0)
  const isNewestOnly = ref(false)
  const tabs = shallowRef<TabCounts>({})

  /** Appends a page to `before`; without it the page starts a new list. */
  function show(page: QueuePage, before: QueueItem[] = []): void {
    const known = new Set(before.map((item) => item.id))
    items.value = [...before, ...page.items.filter((item) => !known.has(item.id))]
    counts.value = page.counts
    next.value = page.next
    quarantined.value = page.quarantined ?? 0
    isNewestOnly.value = page.newest_only ?? false
    if (page.tabs || before.length === 0) tabs.value = page.tabs ?? {}
  }
  /** Updates the line and the counts of one submission without reading the list again. Ignores older versions. */
  function patch(fresh: QueueItem): void {
    const old = items.value.find((item) => item.id === fresh.id)
    if (!old || old.version > fresh.version) return
    counts.value = moveCount(counts.value, old, fresh)
    items.value = items.value.map((item) => (item === old ? fresh : item))
  }
  return { items, counts, next, quarantined, isNewestOnly, tabs, show, patch }
}
