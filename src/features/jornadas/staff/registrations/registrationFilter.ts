/** What of the registrations is shown. It lives in the address; a search that may hold a name does not. */
import type { LocationQuery } from 'vue-router'
import type { JornadaDay, Seat } from '@/features/jornadas/registration'

/** The statuses that one may ask for, as the server shows them; `pending`: held until the institution approves the person. */
export const STATUSES = [
  'confirmed',
  'pending',
  'offered',
  'waiting',
  'attended',
  'cancelled',
] as const satisfies (Seat['status'] | 'pending')[]
export type Status = (typeof STATUSES)[number]

export interface RegistrationFilter {
  day: string | null
  status: Status | null
}

const textOf = (value: LocationQuery[string] | undefined) => (typeof value === 'string' ? value : null)

/** Reads the filter of an address. Unknown values count as absent. */
export function parseFilter(query: LocationQuery): RegistrationFilter {
  const day = textOf(query['dia'])
  return {
    day: day && /^[0-9a-f-]{36}$/u.test(day) ? day : null,
    status: STATUSES.find((status) => status === query['estado']) ?? null,
  }
}

export const filterQuery = ({ day, status }: RegistrationFilter): Record<string, string> => ({
  ...(day ? { dia: day } : {}),
  ...(status ? { estado: status } : {}),
})

/** How many seats of this status a day has; null for one that the server does not count. */
export function countOf({ counts }: JornadaDay, status: Status): number | null {
  return status === 'cancelled' ? null : (counts[status] ?? 0)
}

/** The people of all days together. */
export function sumOf(days: readonly Pick<JornadaDay, 'counts'>[]) {
  const sum = { taken: 0, offered: 0, waiting: 0 }
  for (const { counts } of days) {
    sum.taken += counts.confirmed + counts.attended
    sum.offered += counts.offered
    sum.waiting += counts.waiting
  }
  return sum
}

/** The seat of a line on the chosen day; every seat without one. */
export const seatsShown = (seats: readonly Seat[], day: string | null): Seat[] =>
  seats.filter(({ jornada_id }) => !day || jornada_id === day)
