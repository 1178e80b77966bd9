/** The filter of the queue. It lives in the address, so a reload and «atrás» restore it. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { kindNamed } from '@/domain/kinds'
import { STATES, type SubmissionState, decisionsFor } from '@/domain/states'
import { isModerated } from '../kinds'

/** `todo`: submissions that wait for a decision; `all`: every submission; otherwise one state. */
export type QueueShow = 'todo' | 'all' | SubmissionState

export interface QueueFilter {
  show: QueueShow
  kind: string | null
  convocatoria: string | null
}

/** The states in which staff can take a decision. */
const TODO = STATES.filter((state) => decisionsFor(state).length > 0)

const isKind = (text: unknown): text is string =>
  typeof text === 'string' && kindNamed(text) !== undefined && isModerated(text)
const isState = (text: unknown): text is SubmissionState => STATES.some((state) => state === text)

/** Reads the filter of an address. Unknown values count as absent. */
export function parseFilter(query: LocationQuery): QueueFilter {
  const show = query['ver'] === 'all' || isState(query['ver']) ? query['ver'] : 'todo'
  const id = query['convocatoria']
  const kind = isKind(query['tipo']) ? query['tipo'] : null
  return { show, kind, convocatoria: typeof id === 'string' && /^[0-9a-f-]{36}$/u.test(id) ? id : null }
}

/** The query of a filter. The search is not part of it, because it may contain a person's name. */
export const filterQuery = ({ show, kind, convocatoria }: QueueFilter): LocationQueryRaw => ({
  ...(show === 'todo' ? {} : { ver: show }),
  ...(kind ? { tipo: kind } : {}),
  ...(convocatoria ? { convocatoria } : {}),
})

/** The argument `p_states` of `review_queue`; null asks for all states. */
export function statesOf(show: QueueShow): SubmissionState[] | null {
  if (show === 'all') return null
  return show === 'todo' ? TODO : [show]
}

/** The server's count of submissions for this part of the queue. */
export function countOf(show: QueueShow, counts: Partial<Record<SubmissionState, number>>): number {
  const states: readonly SubmissionState[] = statesOf(show) ?? STATES
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
}
