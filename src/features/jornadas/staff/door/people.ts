/** The list of a day as this phone knows it: the server's list with the marks made on this phone since. */
import type { OutboxOp } from '@/data/db'
import type { CheckIn, KeptList } from './keptLists'
import { parseFolio } from '@/domain/folio'
import { matcherOf } from '@/domain/names'
import { fold } from '@/domain/spelling'
import type { DoorLine } from '@/features/jornadas/registration'

/** `unsent`: marked here and not accepted yet. `refused`: the server refused the check-in and a member must act. */
export type PersonState = DoorLine['status'] | 'unsent' | 'refused'

export interface Person {
  line: DoorLine
  state: PersonState
  /** When they arrived; null when they did not. */
  at: string | null
  /** The unaccepted check-in, if any. */
  op: OutboxOp | null
}

/** The newest version of this seat's line. The pass identifies the seat, because each day of a person has its own. */
function newestOf(line: DoorLine, verdicts: readonly DoorLine[]): DoorLine {
  const same = verdicts.filter(
    ({ submission_id, pass_hash, version }) =>
      submission_id === line.submission_id &&
      pass_hash !== null &&
      pass_hash === line.pass_hash &&
      version >= line.version,
  )
  return same.reduce((best, one) => (one.version >= best.version ? one : best), line)
}

function personOf(
  told: DoorLine,
  kept: KeptList,
  op: OutboxOp | null,
  verdicts: readonly DoorLine[],
): Person {
  const line = newestOf(told, verdicts)
  if (op?.kind === 'door.undo_check_in') {
    const isRefused = op.state === 'needs_person'
    return isRefused
      ? { line, op, state: line.status, at: line.checked_in_at }
      : { line, op: null, state: 'confirmed', at: null }
  }
  if (op?.state === 'needs_person') return { line, op, state: 'refused', at: (op.payload as CheckIn).at }
  if (line.status === 'attended') return { line, op, state: 'attended', at: line.checked_in_at }
  if (op) return { line, op, state: 'unsent', at: (op.payload as CheckIn).at }
  const mark = kept.marks[line.submission_id]
  return mark ? { line, op, state: 'attended', at: mark.at } : { line, op, state: line.status, at: null }
}

/** Of a person's unaccepted ops the one that counts: the first check-in since the last undoing, or that undoing. */
function opsThatCount(ops: readonly OutboxOp[]): Map<string, OutboxOp> {
  const counts = new Map<string, OutboxOp>()
  for (const op of ops) {
    const before = counts.get(op.entity_id)
    if (!before || op.kind !== before.kind) counts.set(op.entity_id, op)
  }
  return counts
}

/**
 * Everybody on the list, in its order, followed by the people whom the list does not have, no longer or not yet, but whose
 * check-in or its verdict is on this phone. `ops` are this member's unaccepted check-ins of this day and those that undo one, in order of saving.
 */
export function mergePeople(
  kept: KeptList,
  ops: readonly OutboxOp[],
  verdicts: readonly DoorLine[],
): Person[] {
  const { items } = kept.list
  const opOf = opsThatCount(ops)
  const listed = new Set(items.map(({ submission_id }) => submission_id))
  const told = new Set(verdicts.map(({ submission_id }) => submission_id))
  const gone = Object.values(kept.marks)
    .map(({ line }) => line)
    .filter(({ submission_id: id }) => !listed.has(id) && (opOf.has(id) || told.has(id)))
  return [...items, ...gone].map((line) =>
    personOf(line, kept, opOf.get(line.submission_id) ?? null, verdicts),
  )
}

export const hasArrived = ({ state }: Person): boolean => state === 'attended' || state === 'unsent'

/** The numbers of «12 de 40»: arrivals, and people with a seat. */
export function countPeople(people: readonly Person[]): { arrived: number; seats: number } {
  const arrived = people.filter(hasArrived).length
  return { arrived, seats: arrived + people.filter(({ state }) => state === 'confirmed').length }
}

/** The people whose folio the query holds or is a part of, or whose name or body matches it. */
export function findPeople(people: readonly Person[], query: string): readonly Person[] {
  const typed = fold(query)
  if (typed.length === 0) return people
  const folio = parseFolio(query)
  const digits = /\d/u.test(query) ? typed.join('') : null
  const matches = matcherOf(query)
  return people.filter(({ line }) => {
    const folios = [line, ...(line.also ?? [])].map((one) => one.folio)
    const isFolio = folio !== null && folios.includes(folio)
    const holds = digits !== null && folios.some((one) => fold(one).join('').includes(digits))
    return isFolio || holds || matches(line.name, line.body)
  })
}
