/** The fields of the queue's filter with their choices. */
import { computed, onMounted, shallowRef } from 'vue'
import { rpcGet } from '@/data/rpc'
import { filterChoices } from '@/data/staff/queries'
import { useLive } from '@/data/useLive'
import { HELPS, OUTSIDE_STATE, SECTORS } from '@/domain/propuesta'
import type { Convocatoria, ConvocatoriaCard } from '@/domain/rows'
import { STATES } from '@/domain/states'
import messages from '@/i18n/es-MX/staff.json'
import words from '@/i18n/es-MX/staffDesk.json'
import kindWords from '@/i18n/es-MX/staffKinds.json'
import { translator } from '@/i18n/translator'
import { isModerated, listStaffKinds, staffKindOf } from '../kinds'
import { type Counts } from './queuePages'
import { countOf, type Facet, parseFilter, type QueueFilter, TABS } from './queueFilter'

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

/** What the server's rows offer to choose from. */
interface Choices {
  campaigns: readonly ConvocatoriaCard[]
  /** What the chosen campaign's submissions can be about. */
  topics: readonly Option[]
  places: readonly Option[]
}

function useChoices(filter: () => QueueFilter) {
  const known = useLive(filterChoices, { campaigns: [], municipalities: [] })
  const listed = shallowRef<ConvocatoriaCard[]>([])
  onMounted(async () => {
    const bootstrap = await rpcGet('bootstrap').catch(() => null)
    listed.value = bootstrap?.convocatorias ?? []
  })
  return computed<Choices>(() => {
    const { campaigns, municipalities } = known.value
    const chosen = campaigns.find(({ id }) => id === filter().convocatoria)
    return {
      campaigns: listed.value.length > 0 ? listed.value : campaigns,
      topics: chosen ? topicsOf(chosen) : [],
      places: [
        ...municipalities.map(({ cve, name }) => ({ value: cve, label: name })),
        { value: OUTSIDE_STATE, label: t('filter.outside') },
      ],
    }
  })
}

function topicsOf(campaign: Convocatoria): Option[] {
  const island = staffKindOf(campaign.kind)
  if (!island?.topicsOf) return []
  const lacks = island.missingPart ? [{ value: 'none', label: island.missingPart }] : []
  return [...island.topicsOf(campaign), ...lacks]
}

function withFacet(filter: QueueFilter, name: Facet, value: string | null): QueueFilter {
  const { [name]: _, ...others } = filter.facets ?? {}
  return { ...filter, facets: value ? { ...others, [name]: value } : others }
}

/** States without submissions are left out, which keeps the list short. The chosen one always stands. */
function stateField(filter: QueueFilter, counts: Counts): FilterField {
  const present = STATES.filter((one) => counts[one] || filter.show === one)
  return {
    name: 'show',
    label: t('filter.state'),
    any: s('queue.show.todo'),
    options: [...present, 'all' as const].map((value) => ({
      value,
      label: `${s(`queue.show.${value}`)} (${countOf(value, counts)})`,
    })),
    value: TABS.some((tab) => tab === filter.show) ? null : filter.show,
    with: (value) => ({ ...filter, show: parseFilter({ ver: value }).show }),
  }
}

function campaignFields(filter: QueueFilter, campaigns: Choices['campaigns']): FilterField[] {
  const kinds = listStaffKinds().filter((one) => one.isModerated)
  return [
    {
      name: 'kind',
      label: s('queue.kind'),
      any: s('queue.kind_all'),
      options: kinds.map(({ kind, names }) => ({ value: kind, label: names.many })),
      value: filter.kind,
      with: (value) => withFacet({ ...filter, kind: value, convocatoria: null }, 'part', null),
    },
    {
      name: 'convocatoria',
      label: s('queue.convocatoria'),
      any: s('queue.convocatoria_all'),
      options: campaigns
        .filter(({ kind }) => (filter.kind ? kind === filter.kind : isModerated(kind)))
        .map(({ id, title }) => ({ value: id, label: title })),
      value: filter.convocatoria,
      with: (value) => withFacet({ ...filter, convocatoria: value }, 'part', null),
    },
  ]
}

function facetFields(filter: QueueFilter, { topics, places }: Choices): FilterField[] {
  const facet = (name: Facet, label: string, options: readonly Option[]): FilterField => ({
    name,
    label,
    any: t('filter.any'),
    options,
    value: filter.facets?.[name] ?? null,
    with: (value) => withFacet(filter, name, value),
  })
  const sectors = SECTORS.map((value) => ({ value, label: k(`sector.${value}`) }))
  const helps = HELPS.map((value) => ({ value, label: t(`filter.helps.${value}`) }))
  return [
    facet('part', t('table.part'), topics),
    facet('municipality', t('table.place'), places),
    facet('sector', k('author.sector'), sectors),
    facet('helps', t('filter.helps'), helps),
    facet('late', t('filter.arrival'), [{ value: 'true', label: t('filter.late') }]),
  ]
}

/** The fields of the filter. Those that offer nothing are left out. Call it in a setup. */
export function useFilterFields(filter: () => QueueFilter, counts: () => Counts) {
  const choices = useChoices(filter)
  return computed(() =>
    [
      stateField(filter(), counts()),
      ...campaignFields(filter(), choices.value.campaigns),
      ...facetFields(filter(), choices.value),
    ].filter(({ options, value }) => options.length > 0 || value),
  )
}
