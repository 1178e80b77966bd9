/** The filters of the queue: tabs with counts, fields with their choices, and what is chosen in words. They live in the address. */
import { computed, onMounted, shallowRef, watch } from 'vue'
import { type RouteLocationRaw, useRouter } from 'vue-router'
import { getConvocatoriaById, getMunicipalities } from '@/data/publicBase'
import { rpcGet } from '@/data/rpc'
import { HELPS, OUTSIDE_STATE, SECTORS } from '@/domain/propuesta'
import type { Convocatoria, ConvocatoriaCard, Municipalities } from '@/domain/rows'
import { STATES } from '@/domain/states'
import messages from '@/i18n/es-MX/staff.json'
import words from '@/i18n/es-MX/staffDesk.json'
import kindWords from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'
import { isModerated, listStaffKinds, staffKindOf } from '../kinds'
import {
  countOf,
  type Facet,
  filterQuery,
  ORDERS,
  parseFilter,
  type QueueFilter,
  type QueueShow,
  TABS,
  type Tab,
} from './queueFilter'
import { useReviewQueueStore } from './reviewQueueStore'

const t = translator(words)
const s = translator(messages)
const k = translator(kindWords)

interface Option {
  value: string
  label: string
}

/** A filter that is chosen from a list. */
export interface FilterField {
  name: string
  label: string
  /** What stands for no choice. */
  any: string
  options: readonly Option[]
  value: string | null
  /** The filter with another choice; null: with none. */
  with: (value: string | null) => QueueFilter
}

/** What can be chosen from: the campaigns that everybody can see, the chosen one's parts, and the municipalities. */
function useChoices(filter: () => QueueFilter) {
  const campaigns = shallowRef<ConvocatoriaCard[]>([])
  const municipalities = shallowRef<Municipalities['items']>([])
  const chosen = shallowRef<Convocatoria>()
  onMounted(async () => {
    municipalities.value = (await getMunicipalities())?.items ?? []
    const bootstrap = await rpcGet('bootstrap').catch(() => null)
    campaigns.value = bootstrap?.convocatorias ?? []
  })
  watch(
    () => filter().convocatoria,
    async (id) => (chosen.value = id ? await getConvocatoriaById(id) : undefined),
    { immediate: true },
  )
  const parts = computed<Option[]>(() => {
    const campaign = chosen.value
    const island = campaign && staffKindOf(campaign.kind)
    if (!campaign || !island?.topicsOf) return []
    const lacks = island.missingPart ? [{ value: 'none', label: island.missingPart }] : []
    return [...island.topicsOf(campaign), ...lacks]
  })
  const places = computed<Option[]>(() => [
    ...municipalities.value.map(({ cve, name }) => ({ value: cve, label: name })),
    { value: OUTSIDE_STATE, label: t('filter.outside') },
  ])
  return { campaigns, parts, places }
}

/** The fields of the filter, those without a choice left out. */
function useFields(filter: () => QueueFilter) {
  const queue = useReviewQueueStore()
  const { campaigns, parts, places } = useChoices(filter)
  const isTab = (show: QueueShow) => TABS.some((tab) => tab === show)

  const state = (): FilterField => {
    const { counts } = queue
    const present = STATES.filter((one) => counts[one] || filter().show === one)
    return {
      name: 'show',
      label: t('filter.state'),
      any: s('queue.show.todo'),
      options: [...present, 'all' as const].map((value) => ({
        value,
        label: `${s(`queue.show.${value}`)} (${countOf(value, counts)})`,
      })),
      value: isTab(filter().show) ? null : filter().show,
      with: (value) => ({ ...filter(), show: parseFilter({ ver: value }).show }),
    }
  }
  const kind = (): FilterField => ({
    name: 'kind',
    label: s('queue.kind'),
    any: s('queue.kind_all'),
    options: listStaffKinds().flatMap((one) =>
      one.isModerated ? [{ value: one.kind, label: one.names.many }] : [],
    ),
    value: filter().kind,
    with: (value) => withFacet({ ...filter(), kind: value, convocatoria: null }, 'part', null),
  })
  const campaign = (): FilterField => ({
    name: 'convocatoria',
    label: s('queue.convocatoria'),
    any: s('queue.convocatoria_all'),
    options: campaigns.value
      .filter((one) => (filter().kind ? one.kind === filter().kind : isModerated(one.kind)))
      .map(({ id, title }) => ({ value: id, label: title })),
    value: filter().convocatoria,
    with: (value) => withFacet({ ...filter(), convocatoria: value }, 'part', null),
  })
  const facet = (name: Facet, label: string, options: readonly Option[]): FilterField => ({
    name,
    label,
    any: t('filter.any'),
    options,
    value: filter().facets?.[name] ?? null,
    with: (value) => withFacet(filter(), name, value),
  })
  return computed(() =>
    [
      state(),
      kind(),
      campaign(),
      facet('part', t('table.part'), parts.value),
      facet('municipality', t('table.place'), places.value),
      facet(
        'sector',
        k('author.sector'),
        SECTORS.map((value) => ({ value, label: k(`sector.${value}`) })),
      ),
      facet(
        'helps',
        t('filter.helps'),
        HELPS.map((value) => ({ value, label: t(`filter.helps.${value}`) })),
      ),
      facet('late', t('filter.arrival'), [{ value: 'true', label: t('filter.late') }]),
    ].filter(({ options, value }) => options.length > 0 || value),
  )
}

function withFacet(filter: QueueFilter, name: Facet, value: string | null): QueueFilter {
  const { [name]: _, ...others } = filter.facets ?? {}
  return { ...filter, facets: value ? { ...others, [name]: value } : others }
}

/** A count beside a tab. The server counts to 100. */
const shownCount = (tab: Tab, count: number | undefined): string =>
  tab !== 'due' && tab !== 'todo' && (count ?? 0) >= 100 ? '99+' : String(count ?? '')

export function useQueueFilters() {
  const router = useRouter()
  const queue = useReviewQueueStore()
  const filter = () => queue.filter
  const fields = useFields(filter)
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
