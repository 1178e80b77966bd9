/**
 * The queue as it stands on the screen: the filter of the address, words searched in memory only, pages by keyset,
 * the copy kept on this phone, and what was opened during this visit. It lives as long as the desk is open, so
 * opening a submission and coming back finds the same list; whatever changes one of its lines goes through `see`.
 */
import { defineStore } from 'pinia'
import { computed, effectScope, shallowReactive } from 'vue'
import type { QueueItem, StaffItem } from '@/domain/staffRows'
import { useSyncStore } from '@/sync/syncStore'
import { createKeptCopy } from '../offline/keptCopy'
import { countKept, filterKept } from '../offline/keptQueue'
import type { QueueFilter } from './queueFilter'
import { createRead } from './queueRead'

type Read = ReturnType<typeof createRead>
type KeptCopy = ReturnType<typeof createKeptCopy>

/** Without signal the kept list stands in for the server's, and so it does for one that cannot be read at all. */
function createShown({ filter, settled, pages, state }: Read, { kept }: KeptCopy) {
  const sync = useSyncStore()
  const fallback = computed(() => {
    const isUnread = state.value === 'failed' && pages.items.value.length === 0
    const isCutOff = !sync.online || state.value === 'offline' || isUnread
    return isCutOff && kept.value ? kept.value.items : null
  })
  return {
    /** Whether it is the kept list that shows. */
    isKept: computed(() => fallback.value !== null),
    items: computed<QueueItem[]>(() =>
      fallback.value ? filterKept(fallback.value, filter.value, settled.value) : pages.items.value,
    ),
    counts: computed(() => (fallback.value ? countKept(fallback.value, filter.value) : pages.counts.value)),
    next: computed(() => (fallback.value ? null : pages.next.value)),
  }
}

/** What was opened during this visit, as last known: it can be read again without signal. */
function createSeen({ pages }: Read) {
  const seen = shallowReactive(new Map<string, StaffItem>())
  return {
    seen,
    /** A newer state of a submission is known here: its line in the list shows it too. */
    see: (item: StaffItem): void => {
      seen.set(item.id, item)
      pages.patch(item)
    },
    /** This member may not see it any more. */
    forget: (id: string) => void seen.delete(id),
  }
}

/** A visit begins and ends with the desk. */
function createVisit(read: Read, copy: KeptCopy, seen: Map<string, StaffItem>) {
  let scope = effectScope(true)

  /** Forgets what this visit saw. What is kept on the phone stays there. */
  function close(): void {
    scope.stop()
    seen.clear()
    read.clear()
    copy.clear()
  }

  /** Begins a visit of the member whose desk is open. */
  function open(filter: QueueFilter): void {
    close()
    read.filter.value = filter
    scope = effectScope(true)
    scope.run(() => {
      read.follow()
      copy.follow()
    })
  }
  return { open, close }
}

export const useReviewQueueStore = defineStore('reviewQueue', () => {
  const read = createRead()
  const copy = createKeptCopy()
  const opened = createSeen(read)
  const { filter, search, state, isLoadingMore, reload, loadMore, narrow } = read
  return {
    filter,
    search,
    state,
    isLoadingMore,
    reload,
    loadMore,
    narrow,
    ...createShown(read, copy),
    ...opened,
    ...createVisit(read, copy, opened.seen),
    /** The copy on this phone; undefined until it was looked for, null while the switch is off. */
    kept: copy.kept,
    isKeeping: copy.isOn,
    /** The pages open without signal too. */
    isReadyOffline: copy.isReady,
    isReadingCopy: copy.isBusy,
    /** Why the copy could not be kept; null when nothing is wrong. */
    copyTrouble: copy.trouble,
    keep: copy.keep,
  }
})
