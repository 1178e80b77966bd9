/**
 * The queue on the screen: the filter of the address, a search that stays in memory, the pages read, the copy on this
 * phone, and the submissions opened since the desk opened. It lives until the desk closes, so a member who opens a
 * submission and comes back finds the same list. Every newer version of a submission goes through `see`.
 */
import { defineStore } from 'pinia'
import { computed, effectScope, shallowReactive } from 'vue'
import type { QueueItem, StaffItem } from '@/domain/staffRows'
import { useSyncStore } from '@/sync/syncStore'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { createKeptCopy } from '../offline/keptCopy'
import { countKept, countTabs, filterKept } from '../offline/keptQueue'
import type { QueueFilter } from './queueFilter'
import { createRead } from './queueRead'

type Read = ReturnType<typeof createRead>
type KeptCopy = ReturnType<typeof createKeptCopy>

/** Shows the kept copy instead of the server's list when the phone is offline or the list cannot be read at all. */
function createShown({ filter, settled, pages, state }: Read, { kept }: KeptCopy) {
  const sync = useSyncStore()
  const session = useStaffSessionStore()
  const fallback = computed(() => {
    const isUnread = state.value === 'failed' && pages.items.value.length === 0
    const isCutOff = !sync.online || state.value === 'offline' || isUnread
    if (!isCutOff || !kept.value) return null
    return kept.value.items.map((item) => ({ ...item, assigned: session.assigneeOf(item) }))
  })
  const items = computed<QueueItem[]>(() =>
    fallback.value
      ? filterKept(fallback.value, filter.value, settled.value, session.userId)
      : pages.items.value,
  )
  return {
    /** Whether the kept copy is shown. */
    isKept: computed(() => fallback.value !== null),
    items,
    /** What the folios of the list have in common: kind and year, inside of one campaign; empty otherwise. */
    commonStart: computed(() => {
      if (!filter.value.convocatoria) return ''
      const starts = new Set(items.value.map(({ folio }) => /^[A-Z]{2}-\d{4}-/u.exec(folio)?.[0] ?? ''))
      return starts.size === 1 ? [...starts][0]! : ''
    }),
    /** The counts beside the tabs. */
    tabs: computed(() =>
      fallback.value ? countTabs(fallback.value, filter.value, session.userId) : pages.tabs.value,
    ),
    counts: computed(() => (fallback.value ? countKept(fallback.value, filter.value) : pages.counts.value)),
    next: computed(() => (fallback.value ? null : pages.next.value)),
    /** How many wait in quarantine. */
    quarantined: computed(() => (fallback.value ? 0 : pages.quarantined.value)),
    /** Whether a search found only some of the newest matches. */
    isNewestOnly: computed(() => !fallback.value && pages.isNewestOnly.value),
  }
}

/** The newest known version of each submission opened since the desk opened. It can be read again offline. */
function createSeen({ pages }: Read) {
  const seen = shallowReactive(new Map<string, StaffItem>())
  const read = shallowReactive(new Map<string, number>())
  return {
    seen,
    /** Records that this member has seen a version of a submission to its end. */
    markRead: ({ id, version }: StaffItem): void => void read.set(id, version),
    /** The submission if its newest known version was seen to its end; undefined otherwise. */
    whenRead: (id: string): StaffItem | undefined => {
      const item = seen.get(id)
      return item && read.get(id) === item.version ? item : undefined
    },
    /** Records a version of a submission and updates its line in the list. */
    see: (item: StaffItem): void => {
      seen.set(item.id, item)
      pages.patch(item)
    },
    /** Drops a submission that this member may no longer read. */
    forget: (id: string) => void seen.delete(id),
  }
}

/** A visit lasts from opening the desk to closing it. */
function createVisit(read: Read, copy: KeptCopy, seen: Map<string, StaffItem>) {
  let scope = effectScope(true)

  /** Forgets what this visit read. The copy on the phone stays. */
  function close(): void {
    scope.stop()
    seen.clear()
    read.clear()
    copy.clear()
  }

  /** Starts a visit of the member at the desk. */
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
    /** The copy on this phone; undefined until the database was read, null while the switch is off. */
    kept: copy.kept,
    isKeeping: copy.isOn,
    /** Whether the pages themselves open offline. */
    isReadyOffline: copy.isReady,
    isReadingCopy: copy.isBusy,
    /** Why the copy could not be kept; null without trouble. */
    copyTrouble: copy.trouble,
    keep: copy.keep,
  }
})
