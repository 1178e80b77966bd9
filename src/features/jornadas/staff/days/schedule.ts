/**
 * The rules for a coordinator's change of a jornada, as hints. They are those of `schedule_of` and
 * `check_reason_given` in SQL, which decide.
 */
import type { Refusal } from '@/domain/refusals'
import type { Jornada, JornadaDay } from '@/features/jornadas/registration'
import { canon, visibleLength } from '@/domain/canon'

/** The fields of a day that a version of before did not change. Each is absent where this phone does not know it. */
export const DETAILS = ['speaker', 'speaker_post', 'address', 'accessibility', 'link'] as const
export type Detail = (typeof DETAILS)[number]

export type Schedule = Pick<
  Jornada,
  'on_day' | 'starts_at' | 'ends_at' | 'place' | 'modality' | 'capacity'
> & {
  [Key in Detail]?: string | null
} & { cancelled_at?: string | null; online_capacity?: number | null } // seats online besides those of the place

/**
 * The payload of `jornada.reschedule`. Everybody with a seat reads the reason. `cancelled` that differs from the day
 * calls it off or brings it back, and then nothing else changes.
 */
export type Reschedule = Omit<Schedule, 'cancelled_at'> & { cancelled?: boolean; reason: string }

export type ScheduleField = Exclude<keyof Schedule, 'cancelled_at'>

export const PLACE_MAX = 200
export const REASON_MAX = 500
export const DETAIL_MAX: Record<Detail, number> = {
  speaker: 160,
  speaker_post: 160,
  address: 300,
  accessibility: 500,
  link: 500,
}

/** The number of taken seats. The capacity cannot be lower. */
export const seatsTaken = ({ confirmed, offered, attended, pending = 0 }: JornadaDay['counts']): number =>
  confirmed + offered + attended + pending

/** The number of people who hold or await a seat. Each gets a letter about a new time or place. */
export const peopleOf = ({ confirmed, offered, waiting, pending = 0 }: JornadaDay['counts']): number =>
  confirmed + offered + waiting + pending

export interface ScheduleProblem {
  field: keyof Reschedule
  code: Refusal
}

function refuseHours({ starts_at, ends_at }: Reschedule): ScheduleProblem[] {
  if (!ends_at) return []
  const isAfter = starts_at !== null && Date.parse(ends_at) > Date.parse(starts_at)
  return isAfter ? [] : [{ field: 'ends_at', code: 'schedule_invalid' }]
}

const isNoCapacity = (seats: number | null | undefined) =>
  typeof seats === 'number' && (!Number.isInteger(seats) || seats < 1)

/** Of a day in both modalities only the server counts which seats of each are taken. */
function refuseCapacity({ capacity, online_capacity }: Reschedule, taken: number): ScheduleProblem[] {
  if (isNoCapacity(capacity)) return [{ field: 'capacity', code: 'schedule_invalid' }]
  if (isNoCapacity(online_capacity)) return [{ field: 'online_capacity', code: 'schedule_invalid' }]
  const all = capacity === null ? Infinity : capacity + (online_capacity ?? 0)
  return all < taken ? [{ field: 'capacity', code: 'capacity_too_small' }] : []
}

/** Every problem of a reason. */
export function refuseReason(reason: string): ScheduleProblem[] {
  if (visibleLength(reason) === 0) return [{ field: 'reason', code: 'reason_required' }]
  return [...canon(reason).trim()].length > REASON_MAX ? [{ field: 'reason', code: 'message_too_long' }] : []
}

function refuseDetail(field: Detail, text: string | null | undefined): ScheduleProblem[] {
  if (text === undefined) return []
  const isMissing = field === 'speaker' && visibleLength(text ?? '') === 0
  const isLong = [...canon(text ?? '')].length > DETAIL_MAX[field]
  const isOdd = field === 'link' && !!text && !/^https:\/\/\S+$/u.test(canon(text))
  return isMissing || isLong || isOdd ? [{ field, code: 'schedule_invalid' }] : []
}

/** Whether the change calls the day off or brings it back. */
export const turns = (before: Schedule, { cancelled }: Pick<Reschedule, 'cancelled'>): boolean =>
  cancelled !== undefined && cancelled !== !!before.cancelled_at

/** Every problem of a change, in the order of its fields. `today` is the date in central Mexico. */
export function refuseReschedule(change: Reschedule, today: string, taken: number): ScheduleProblem[] {
  const { on_day, place, reason } = change
  const problems: ScheduleProblem[] = []
  if (on_day !== null && on_day < today) problems.push({ field: 'on_day', code: 'jornada_past' })
  problems.push(...refuseHours(change))
  if (place !== null && [...canon(place)].length > PLACE_MAX) {
    problems.push({ field: 'place', code: 'schedule_invalid' })
  }
  problems.push(...DETAILS.flatMap((field) => refuseDetail(field, change[field])))
  return [...problems, ...refuseCapacity(change, taken), ...refuseReason(reason)]
}

const sameInstant = (one: string | null, other: string | null) =>
  one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other))

/** The fields that a change alters. Two notations of one instant count as equal. */
export function changedFields(before: Schedule, after: Omit<Schedule, 'cancelled_at'>): ScheduleField[] {
  const instants = (['starts_at', 'ends_at'] as const).filter((key) => !sameInstant(before[key], after[key]))
  const others = (['on_day', 'place', 'modality', 'capacity'] as const).filter(
    (key) => before[key] !== after[key],
  )
  const details = DETAILS.filter(
    (key) => after[key] !== undefined && (before[key] ?? null) !== (after[key] ?? null),
  )
  const online =
    (before.online_capacity ?? null) === (after.online_capacity ?? null) ? [] : (['online_capacity'] as const)
  return [...instants, ...others, ...online, ...details]
}

/**
 * How many people a change notifies and promotes. A new capacity alone notifies nobody; every other change notifies
 * everybody who holds or awaits a seat. A higher capacity promotes people from the waiting list, each with a letter.
 */
export function toldOf(before: JornadaDay, after: Reschedule): { notified: number; promoted: number } {
  const { counts } = before
  if (turns(before, after)) {
    const returning = (counts.called_off ?? 0) - (counts.moved ?? 0)
    return { notified: after.cancelled ? peopleOf(counts) : returning, promoted: 0 }
  }
  const isMoved = changedFields(before, after).some((key) => key !== 'capacity' && key !== 'online_capacity')
  const isRaised = before.capacity !== null && (after.capacity ?? Infinity) > before.capacity
  const room = (after.capacity ?? Infinity) - seatsTaken(counts)
  return {
    notified: isMoved ? peopleOf(counts) : 0,
    promoted: isRaised ? Math.max(0, Math.min(counts.waiting, room)) : 0,
  }
}
