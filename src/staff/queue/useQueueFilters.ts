/** The filters of the queue: tabs with counts, fields with their choices, and what is chosen in words. They live in the address. */
import { computed } from 'vue'
import { type RouteLocationRaw, useRouter } from 'vue-router'
import messages from '@/i18n/es-MX/staff.json'
import words from '@/i18n/es-MX/staffDesk.json'
import { translator } from '@/i18n/translator'
import { useFilterFields } from './filterFields'
import { countOf, filterQuery, ORDERS, type QueueFilter, TABS, type Tab } from './queueFilter'
import { useReviewQueueStore } from './reviewQueueStore'

const t = translator(words)
const s = translator(messages)

/** A count beside a tab. The server counts to 100. */
const shownCount = (tab: Tab, count: number | undefined): string =>
  tab !== 'due' && tab !== 'todo' && (count ?? 0) >= 100 ? '99+' : String(count ?? '')

export function useQueueFilters() {
  const router = useRouter()
  const queue = useReviewQueueStore()
  const fields = useFilterFields(
    () => queue.filter,
    () => queue.counts,
  )
  const to = (next: QueueFilter): RouteLocationRaw => ({ name: 'staff-queue', query: filterQuery(next) })
  /** The address is replaced, so that filters do not fill the history. */
  const choose = (next: QueueFilter) => void router.replace(to(next))

  /** The counts know kind and campaign only: with another filter they would speak of other submissions. */
  const tabs = computed(() =>
    TABS.map((tab) => ({
      tab,
      name: tab === 'todo' ? s('queue.show.todo') : t(`tab.${tab}`),
      count: queue.filter.facets
        ? ''
        : shownCount(tab, tab === 'todo' ? countOf(tab, queue.counts) : queue.tabs[tab]),
      to: to({ ...queue.filter, show: tab }),
    })),
  )
  /** What is chosen, in words, each with the list without it. */
  const chosen = computed(() =>
    fields.value.flatMap(({ name, label, options, value, with: withValue }) => {
      if (!value) return []
      const words = options.find((option) => option.value === value)?.label ?? value
      return [{ name, words: t('filter.chosen', { label, words }), without: to(withValue(null)) }]
    }),
  )
  const orders = ORDERS.map((value) => ({ value, label: t(`order.${value}`) }))
  const order = computed<string | null>({
    get: () => queue.filter.order ?? 'oldest',
    set: (next) => choose({ ...queue.filter, order: ORDERS.find((one) => one === next) ?? 'oldest' }),
  })
  const all = computed(() => to({ show: 'todo', kind: null, convocatoria: null }))
  return { queue, tabs, fields, choose, chosen, all, orders, order }
}

export type QueueFilters = ReturnType<typeof useQueueFilters>
