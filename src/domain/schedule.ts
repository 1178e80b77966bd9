/**
 * The checks of a reschedule of one jornada, as hints for the coordinator: the rules of SQL's `schedule_of` and
 * `check_reason_given`.
 */
import type { Refusal } from './refusals'
import type { Jornada, JornadaDay } from './registration'
import { hasControl, visibleLength } from './text'

export type Schedule = Pick<Jornada, 'on_day' | 'starts_at' | 'ends_at' | 'place' | 'modality' | 'capacity'>

/** The payload of `jornada.reschedule`. Everybody with a seat reads the reason. */
export type Reschedule = Schedule & { reason: string }

export const PLACE_MAX = 200
export const REASON_MAX = 500

/** The number of seats taken, which no capacity may be below. */
export const seatsTaken = ({ confirmed, offered, attended }: JornadaDay['counts']): number =>
  confirmed + offered + attended

/** The number of people with a seat or on the waiting list, who each get a letter. */
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

/** All problems of a change, in the order of its fields. `today` is the day in central Mexico (`YYYY-MM-DD`). */
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

/** The fields that differ. Two notations of one instant are equal. */
export function changedFields(before: Schedule, after: Schedule): (keyof Schedule)[] {
  const instants = (['starts_at', 'ends_at'] as const).filter((key) => !sameInstant(before[key], after[key]))
  const others = (['on_day', 'place', 'modality', 'capacity'] as const).filter(
    (key) => before[key] !== after[key],
  )
  return [...instants, ...others]
}

/**
 * How many people a change notifies, and how many of the waiting list it promotes. Everybody is notified of a new date
 * or place, nobody of a capacity alone. A raised capacity promotes, and a promoted person gets a letter.
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
