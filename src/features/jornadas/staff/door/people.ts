/** The list of a day as this phone knows it: the server's list with what was noted on this phone since. */
import type { OutboxOp } from '@/data/db'
import { type CheckIn, type WalkIn } from './doorOps'
import type { KeptList } from './keptLists'
import { parseFolio } from '@/domain/folio'
import { matcherOf } from '@/domain/names'
import { fold } from '@/domain/spelling'
import type { DoorLine } from '@/features/jornadas/registration'

/**
 * `pending`: the place is held until the institution approves the person, or the door lets them in. `unsent`: in, noted here and
 * not accepted yet; `left_unsent`: out, likewise. `refused`: the server refused the arrival and a member must act.
 */
export type PersonState = DoorLine['status'] | 'pending' | 'left' | 'unsent' | 'left_unsent' | 'refused'

export interface Person {
  line: DoorLine
  state: PersonState
  /** When they arrived; null when they did not. */
  at: string | null
  /** When they left; none while they are in. */
  left?: string | null
  /** The unaccepted op that counts, if any. */
  op: OutboxOp | null
}

/**
 * The newest version of this seat's line. The pass identifies the seat, because each day of a person has its own. A walk-in
 * has one day, and who waits for approval gets the pass with it.
 */
function newestOf(line: DoorLine, verdicts: readonly DoorLine[]): DoorLine {
  const same = verdicts.filter(
    ({ submission_id, pass_hash, version, walk_in }) =>
      submission_id === line.submission_id &&
      (walk_in || line.pending || (pass_hash !== null && pass_hash === line.pass_hash)) &&
      version >= line.version,
  )
  return same.reduce((best, one) => (one.version >= best.version ? one : best), line)
}

/** The person as the server told it. */
export function toldOf(line: DoorLine): Person {
  const left = line.left_at ?? null
  if (line.status === 'attended')
    return { line, state: left ? 'left' : 'attended', at: line.checked_in_at, left, op: null }
  return { line, state: line.pending ? 'pending' : line.status, at: null, left: null, op: null }
}

const inSince = (person: Person, at: string, op: OutboxOp): Person =>
  person.state === 'attended'
    ? { ...person, op }
    : { ...person, state: 'unsent', at: person.at ?? at, left: null, op }

/** The person after an op that the server has not accepted. */
function after(person: Person, op: OutboxOp): Person {
  const isRefused = op.state === 'needs_person'
  const { at } = op.payload as CheckIn
  switch (op.kind) {
    case 'door.check_in':
    case 'door.walk_in':
      return isRefused ? { ...person, state: 'refused', at, op } : inSince(person, at, op)
    case 'door.check_out':
      return isRefused
        ? { ...person, op }
        : { ...person, state: 'left_unsent', at: person.at ?? at, left: at, op }
    case 'door.undo_check_in':
      return isRefused ? { ...person, op } : { ...person, state: 'confirmed', at: null, left: null, op: null }
    case 'door.undo_check_out':
      return isRefused || !person.left
        ? { ...person, op }
        : { ...person, state: 'attended', left: null, op: null }
    default:
      return person
  }
}

function personOf(
  told: DoorLine,
  kept: KeptList,
  ops: readonly OutboxOp[],
  verdicts: readonly DoorLine[],
): Person {
  const person = toldOf(newestOf(told, verdicts))
  const mark = kept.marks[told.submission_id]
  if (ops.length > 0) return ops.reduce(after, person)
  return mark && person.state === 'confirmed' ? { ...person, state: 'attended', at: mark.at } : person
}

/** The line of a walk-in that the server does not know yet. */
export function walkInLine({ entity_id, payload }: OutboxOp): DoorLine {
  const { display_name, body_name } = payload as WalkIn
  return {
    submission_id: entity_id,
    folio: '',
    name: display_name,
    body: body_name,
    status: 'waiting',
    pass_hash: null,
    checked_in_at: null,
    version: 0,
    walk_in: true,
  }
}

function byEntity(ops: readonly OutboxOp[]): Map<string, OutboxOp[]> {
  const all = new Map<string, OutboxOp[]>()
  for (const op of ops) all.set(op.entity_id, [...(all.get(op.entity_id) ?? []), op])
  return all
}

/**
 * Everybody on the list, in its order, followed by the people whom the list does not have, no longer or not yet, but whose
 * note or its verdict is on this phone. `ops` are the unaccepted ops of this day, in order of saving.
 */
export function mergePeople(
  kept: KeptList,
  ops: readonly OutboxOp[],
  verdicts: readonly DoorLine[],
): Person[] {
  const { items } = kept.list
  const opsOf = byEntity(ops)
  const listed = new Set(items.map(({ submission_id }) => submission_id))
  const told = new Set(verdicts.map(({ submission_id }) => submission_id))
  const gone = Object.values(kept.marks)
    .map(({ line }) => line)
    .filter(({ submission_id: id }) => !listed.has(id) && (opsOf.has(id) || told.has(id)))
  const came = ops
    .filter(({ kind, entity_id }) => kind === 'door.walk_in' && !listed.has(entity_id))
    .map(walkInLine)
  return [...items, ...gone, ...came]
    .map((line) => personOf(line, kept, opsOf.get(line.submission_id) ?? [], verdicts))
    .filter(({ line }) => (line.status as string) !== 'cancelled') // the verdict of a walk-in that was taken back
}

const IN: ReadonlySet<PersonState> = new Set(['attended', 'unsent'])
const OUT: ReadonlySet<PersonState> = new Set(['left', 'left_unsent'])

export const isInside = ({ state }: Person): boolean => IN.has(state)
export const hasLeft = ({ state }: Person): boolean => OUT.has(state)
export const hasArrived = (person: Person): boolean => isInside(person) || hasLeft(person)

/** Whether the person is or is to be in the hall: not whoever attends online, unless they came. */
const isOfHall = ({ line, op }: Person): boolean =>
  !line.online || (op !== null && op.state !== 'needs_person' && !(op.payload as CheckIn).online)
/** Whoever has a place and has not come. */
const isExpected = ({ state }: Person): boolean => state === 'confirmed' || state === 'pending'

/** The numbers of «12 de 40»: arrivals, and people with a seat. */
export function countPeople(people: readonly Person[]): { arrived: number; seats: number } {
  const here = people.filter(isOfHall)
  const arrived = here.filter(hasArrived).length
  return { arrived, seats: arrived + here.filter(isExpected).length }
}

export interface Figures {
  inside: number
  left: number
  expected: number
  waiting: number
  /** Null: the day has no limit. A walk-in, or somebody from online, that is not sent counts as one seat less. */
  free: number | null
}

export function figuresOf(people: readonly Person[], seatsLeft: number | null): Figures {
  const here = people.filter(isOfHall)
  const count = (is: (person: Person) => boolean) => here.filter(is).length
  const coming = count(
    ({ op, state, line }) => (op?.kind === 'door.walk_in' && state !== 'refused') || !!line.online,
  )
  return {
    inside: count(isInside),
    left: count(hasLeft),
    expected: count(isExpected),
    waiting: count(({ state }) => state === 'waiting' || state === 'offered'),
    free: seatsLeft === null ? null : Math.max(0, seatsLeft - coming),
  }
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
