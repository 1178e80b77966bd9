/** The offline queue: kept submissions, with the server's filter, search and counts. */
import { serverNow } from '@/data/serverClock'
import type { Kept } from '@/data/staff/keptItems'
import { daysBetween } from '@/domain/centralTime'
import { parseFolio } from '@/domain/folio'
import { matcherOf } from '@/domain/names'
import { fold } from '@/domain/spelling'
import type { QueuePage, StaffItem, TabCounts } from '@/domain/staffRows'
import { isModerated } from '../kinds'
import {
  type Facet,
  type Facets,
  type Order,
  type QueueFilter,
  type QueueShow,
  statesOf,
} from '../queue/queueFilter'

type Counts = QueuePage['counts']

/** The longest name of a body. */
const NAME_LENGTH = 200

/** The text that the server searches too: folio and content, never the author's name. */
const wordsOf = ({ folio, excerpt, part_label, content }: StaffItem): string =>
  fold([folio, excerpt, part_label ?? '', ...Object.values(content).filter(isText)].join(' ')).join(' ')

/** Texts that are names: a title or a body's name, in which words may be written as one or as an acronym. */
const namesOf = ({ content }: StaffItem): string[] =>
  Object.values(content).filter((value) => isText(value) && value.length <= NAME_LENGTH)

const isText = (value: unknown): value is string => typeof value === 'string'

const isWithin = (item: StaffItem, { kind, convocatoria }: QueueFilter): boolean =>
  isModerated(item.kind) &&
  (!kind || item.kind === kind) &&
  (!convocatoria || item.convocatoria_id === convocatoria)

/** What the author of a submission said, by the names of the filter. */
function saidIn({ content, late }: StaffItem): Record<Facet, unknown> {
  const { municipality, sector, helps, part_id, pillar } = content as Record<string, unknown>
  return { municipality, sector, helps, part: part_id ?? pillar ?? 'none', late: String(late) }
}

const hasFacets = (item: StaffItem, facets: Facets = {}): boolean => {
  const said = saidIn(item)
  return Object.entries(facets).every(([name, value]) => said[name as Facet] === value)
}

const isDue = ({ answer_by }: StaffItem): boolean => daysBetween(serverNow(), answer_by) <= 0

function isShown(item: StaffItem, show: QueueShow, userId: string): boolean {
  if (show === 'due' && !isDue(item)) return false
  if (show === 'mine' && item.assigned?.id !== userId) return false
  if (show === 'unassigned' && item.assigned) return false
  return statesOf(show)?.includes(item.state) ?? true
}

function inOrder(items: StaffItem[], order: Order = 'oldest'): StaffItem[] {
  if (order === 'newest') return items.toReversed()
  if (order === 'due') return items.toSorted((a, b) => Date.parse(a.answer_by) - Date.parse(b.answer_by))
  return order === 'late' ? items.toSorted((a, b) => Number(b.late) - Number(a.late)) : items
}

/** The kept submissions that match filter and search, in the filter's order. `items` are the oldest first. */
export function filterKept(
  items: readonly StaffItem[],
  filter: QueueFilter,
  search: string,
  userId: string,
): StaffItem[] {
  const typed = fold(search).join(' ')
  const folio = parseFolio(search)
  const matches = matcherOf(search)
  const isFound = (item: StaffItem) =>
    item.folio === folio || wordsOf(item).includes(typed) || matches(...namesOf(item))
  const found = items.filter(
    (item) =>
      isWithin(item, filter) &&
      isShown(item, filter.show, userId) &&
      hasFacets(item, filter.facets) &&
      (typed === '' || isFound(item)),
  )
  return inOrder(found, filter.order)
}

/** How many submissions of each state are kept, whatever the search. */
export function countKept(items: readonly StaffItem[], filter: QueueFilter): Counts {
  const counts: Counts = {}
  for (const item of items) {
    if (isWithin(item, filter)) counts[item.state] = (counts[item.state] ?? 0) + 1
  }
  return counts
}

/** The counts beside the tabs, of what is kept. */
export function countTabs(items: readonly StaffItem[], filter: QueueFilter, userId: string): TabCounts {
  const count = (show: QueueShow) =>
    items.filter((item) => isWithin(item, filter) && isShown(item, show, userId)).length
  return { due: count('due'), mine: count('mine'), unassigned: count('unassigned') }
}

/** The age of the copy: the oldest read of its campaigns. Null while one was not read completely. */
export function keptSince({ scopes }: Pick<Kept, 'scopes'>): string | null {
  const instants = Object.values(scopes).map(({ at }) => at)
  if (instants.length === 0 || instants.includes(null)) return null
  return (instants as string[]).reduce((oldest, at) => (Date.parse(at) < Date.parse(oldest) ? at : oldest))
}

/** How far the first read of the queues is, in submissions; null once it is complete, or while nobody knows its length. */
export function keptProgress({
  items,
  scopes,
}: Pick<Kept, 'items' | 'scopes'>): { done: number; total: number } | null {
  const left = Object.values(scopes).reduce((sum, { at, left: more = 0 }) => sum + (at ? 0 : more), 0)
  return left > 0 ? { done: items.length, total: items.length + left } : null
}
