/** The offline queue: kept submissions, with the server's filter, search and counts. */
import type { Kept } from '@/data/staff/keptItems'
import { fold } from '@/domain/spelling'
import type { QueuePage, StaffItem } from '@/domain/staffRows'
import { type QueueFilter, statesOf } from '../queue/queueFilter'

type Counts = QueuePage['counts']

/** The text that the server searches too: folio and content, never the author's name. */
const wordsOf = ({ folio, excerpt, part_label, content }: StaffItem): string =>
  fold([folio, excerpt, part_label ?? '', ...Object.values(content).filter(isText)].join(' ')).join(' ')

const isText = (value: unknown): value is string => typeof value === 'string'

const isWithin = (item: StaffItem, { kind, convocatoria }: QueueFilter): boolean =>
  (!kind || item.kind === kind) && (!convocatoria || item.convocatoria_id === convocatoria)

/** The kept submissions that match filter and search, the oldest first. */
export function filterKept(items: readonly StaffItem[], filter: QueueFilter, search: string): StaffItem[] {
  const states = statesOf(filter.show)
  const typed = fold(search).join(' ')
  return items.filter(
    (item) =>
      isWithin(item, filter) &&
      (!states || states.includes(item.state)) &&
      (typed === '' || wordsOf(item).includes(typed)),
  )
}

/** How many submissions of each state are kept, whatever the search. */
export function countKept(items: readonly StaffItem[], filter: QueueFilter): Counts {
  const counts: Counts = {}
  for (const item of items) {
    if (isWithin(item, filter)) counts[item.state] = (counts[item.state] ?? 0) + 1
  }
  return counts
}

/** The age of the copy: the oldest read of its campaigns. Null while one was not read completely. */
export function keptSince({ scopes }: Pick<Kept, 'scopes'>): string | null {
  const instants = Object.values(scopes).map(({ at }) => at)
  if (instants.length === 0 || instants.includes(null)) return null
  return (instants as string[]).reduce((oldest, at) => (Date.parse(at) < Date.parse(oldest) ? at : oldest))
}
