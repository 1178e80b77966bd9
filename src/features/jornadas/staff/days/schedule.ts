/**
 * The rules for a coordinator's change of a jornada, as hints. They are those of `schedule_of` and
 * `check_reason_given` in SQL, which decide.
 */
import type { Refusal } from '@/domain/refusals'
import type { Jornada, JornadaDay } from '@/features/jornadas/registration'
import { hasControl, visibleLength } from '@/domain/text'

export type Schedule = Pick<Jornada, 'on_day' | 'starts_at' | 'ends_at' | 'place' | 'modality' | 'capacity'>

/** The payload of `jornada.reschedule`. Everybody with a seat reads the reason. */
export type Reschedule = Schedule & { reason: string }

export const PLACE_MAX = 200
export const REASON_MAX = 500

/** The number of taken seats. The capacity cannot be lower. */
export const seatsTaken = ({ confirmed, offered, attended }: JornadaDay['counts']): number =>
  confirmed + offered + attended

/** The number of people who hold or await a seat. Each gets a letter about a new time or place. */
export const peopleOf = ({ confirmed, offered, waiting }: JornadaDay['counts']): number =>
  confirmed + offered + waiting

export interface ScheduleProblem {
  field: keyof Reschedule
  code: Refusal
}

function refuseHours({ starts_at, ends_at }: Reschedule): ScheduleProblem[] {
  if (!ends_at) return []
  const isAfter = starts_at !== null && Date.parse(ends_at) > Date.parse(starts_at)
  return isAfter ? [] : [{ field: 'ends_at', code: 'schedule_invalid' }]
}

function refuseCapacity(capacity: number | null, taken: number): ScheduleProblem[] {
  if (capacity === null) return []
  if (!Number.isInteger(capacity) || capacity < 1) return [{ field: 'capacity', code: 'schedule_invalid' }]
  return capacity < taken ? [{ field: 'capacity', code: 'capacity_too_small' }] : []
}

function refuseReason(reason: string): ScheduleProblem[] {
  if (visibleLength(reason) === 0) return [{ field: 'reason', code: 'reason_required' }]
  if (hasControl(reason)) return [{ field: 'reason', code: 'body_invalid' }]
  return [...reason.trim()].length > REASON_MAX ? [{ field: 'reason', code: 'message_too_long' }] : []
}

/** Every problem of a change, in the order of its fields. `today` is the date in central Mexico. */
export function refuseReschedule(change: Reschedule, today: string, taken: number): ScheduleProblem[] {
  const { on_day, place, capacity, reason } = change
  const problems: ScheduleProblem[] = []
  if (on_day !== null && on_day < today) problems.push({ field: 'on_day', code: 'jornada_past' })
  problems.push(...refuseHours(change))
  if (place !== null && ([...place].length > PLACE_MAX || hasControl(place))) {
    problems.push({ field: 'place', code: 'schedule_invalid' })
  }
  return [...problems, ...refuseCapacity(capacity, taken), ...refuseReason(reason)]
}

const sameInstant = (one: string | null, other: string | null) =>
  one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other))

/** The fields that a change alters. Two notations of one instant count as equal. */
export function changedFields(before: Schedule, after: Schedule): (keyof Schedule)[] {
  const instants = (['starts_at', 'ends_at'] as const).filter((key) => !sameInstant(before[key], after[key]))
  const others = (['on_day', 'place', 'modality', 'capacity'] as const).filter(
    (key) => before[key] !== after[key],
  )
  return [...instants, ...others]
}

/**
 * How many people a change notifies and promotes. A new time or place notifies everybody who holds or awaits a seat;
 * a new capacity alone notifies nobody. A higher capacity promotes people from the waiting list, each with a letter.
 */
export function toldOf(before: JornadaDay, after: Schedule): { notified: number; promoted: number } {
  const { counts } = before
  const isMoved = changedFields(before, after).some((key) => key !== 'capacity')
  const isRaised = before.capacity !== null && (after.capacity ?? Infinity) > before.capacity
  const room = (after.capacity ?? Infinity) - seatsTaken(counts)
  return {
    notified: isMoved ? peopleOf(counts) : 0,
    promoted: isRaised ? Math.max(0, Math.min(counts.waiting, room)) : 0,
  }
}
