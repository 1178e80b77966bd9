/** The offline queue: kept submissions, with the server's filter, search and counts. */
import type { Kept } from '@/data/staff/keptItems'
import { parseFolio } from '@/domain/folio'
import { matcherOf } from '@/domain/names'
import { fold } from '@/domain/spelling'
import type { QueuePage, StaffItem } from '@/domain/staffRows'
import { isModerated } from '../kinds'
import { type QueueFilter, statesOf } from '../queue/queueFilter'

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

/** The kept submissions that match filter and search, the oldest first. */
export function filterKept(items: readonly StaffItem[], filter: QueueFilter, search: string): StaffItem[] {
  const states = statesOf(filter.show)
  const typed = fold(search).join(' ')
  const folio = parseFolio(search)
  const matches = matcherOf(search)
  const isFound = (item: StaffItem) =>
    item.folio === folio || wordsOf(item).includes(typed) || matches(...namesOf(item))
  return items.filter(
    (item) =>
      isWithin(item, filter) && (!states || states.includes(item.state)) && (typed === '' || isFound(item)),
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
