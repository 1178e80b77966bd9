/** The filter of the queue. It lives in the address, so a reload and «atrás» restore it. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { kindNamed } from '@/domain/kinds'
import { HELPS, OUTSIDE_STATE, SECTORS } from '@/domain/propuesta'
import { STATES, type SubmissionState, decisionsFor } from '@/domain/states'
import { isModerated } from '../kinds'

/** Lists of what waits for a decision: all of it, what is due, this member's, and nobody's. */
export const TABS = ['todo', 'due', 'mine', 'unassigned'] as const
export type Tab = (typeof TABS)[number]

/** A tab, one state, or `all` submissions. */
export type QueueShow = Tab | 'all' | SubmissionState

export const ORDERS = ['oldest', 'newest', 'due', 'late'] as const
export type Order = (typeof ORDERS)[number]

/** What the author said, and `late`: `true` for what came after the end. Absent: anything. */
export interface Facets {
  municipality?: string
  sector?: string
  /** A part's id, a pillar's key, or `none` for what the campaign lacks. */
  part?: string
  helps?: string
  late?: string
}
export type Facet = keyof Facets

export interface QueueFilter {
  show: QueueShow
  kind: string | null
  convocatoria: string | null
  facets?: Facets
  /** Absent: the oldest first. */
  order?: Order
}

/** The states in which staff can take a decision. */
const TODO = STATES.filter((state) => decisionsFor(state).length > 0)

const isKind = (text: unknown): text is string =>
  typeof text === 'string' && kindNamed(text) !== undefined && isModerated(text)
const isState = (text: unknown): text is SubmissionState => STATES.some((state) => state === text)
const isTab = (text: unknown): text is Tab => TABS.some((tab) => tab === text)
const isOrder = (text: unknown): text is Order => ORDERS.some((order) => order === text)

/** The name of each facet in the address, and which values it takes. */
const FACETS: Record<Facet, { query: string; takes: (value: string) => boolean }> = {
  municipality: { query: 'municipio', takes: (value) => value === OUTSIDE_STATE || /^\d{5}$/u.test(value) },
  sector: { query: 'sector', takes: (value) => SECTORS.some((sector) => sector === value) },
  part: { query: 'parte', takes: (value) => /^[\w-]{1,40}$/u.test(value) },
  helps: { query: 'ayuda', takes: (value) => HELPS.some((helps) => helps === value) },
  late: { query: 'tarde', takes: (value) => value === 'true' },
}
const FACET_NAMES = Object.keys(FACETS) as Facet[]

function parseFacets(query: LocationQuery): Facets {
  const facets: Facets = {}
  for (const name of FACET_NAMES) {
    const value = query[FACETS[name].query]
    if (typeof value === 'string' && FACETS[name].takes(value)) facets[name] = value
  }
  return facets
}

/** Reads the filter of an address. Unknown values count as absent. */
export function parseFilter(query: LocationQuery): QueueFilter {
  const { ver, tipo, convocatoria: id, orden } = query
  const facets = parseFacets(query)
  return {
    show: ver === 'all' || isState(ver) || isTab(ver) ? ver : 'todo',
    kind: isKind(tipo) ? tipo : null,
    convocatoria: typeof id === 'string' && /^[0-9a-f-]{36}$/u.test(id) ? id : null,
    ...(Object.keys(facets).length > 0 && { facets }),
    ...(isOrder(orden) && orden !== 'oldest' && { order: orden }),
  }
}

/** The query of a filter. The search is not part of it, because it may contain a person's name. */
export const filterQuery = ({
  show,
  kind,
  convocatoria,
  facets = {},
  order,
}: QueueFilter): LocationQueryRaw => ({
  ...(show === 'todo' ? {} : { ver: show }),
  ...(kind ? { tipo: kind } : {}),
  ...(convocatoria ? { convocatoria } : {}),
  ...Object.fromEntries(
    FACET_NAMES.flatMap((name) => (facets[name] ? [[FACETS[name].query, facets[name]]] : [])),
  ),
  ...(order && order !== 'oldest' ? { orden: order } : {}),
})

/** The argument `p_states` of `review_queue`; null asks for all states. */
export function statesOf(show: QueueShow): SubmissionState[] | null {
  if (show === 'all') return null
  return isTab(show) ? TODO : [show]
}

/** The argument `p_filter` of `review_queue`. */
export const askedFilter = ({ show, facets, order }: QueueFilter): Record<string, string> => ({
  ...facets,
  ...(isTab(show) && show !== 'todo' && { only: show }),
  ...(order && { order }),
})

/** The server's count of submissions in these states. */
export function countOf(show: QueueShow, counts: Partial<Record<SubmissionState, number>>): number {
  const states: readonly SubmissionState[] = statesOf(show) ?? STATES
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
}
