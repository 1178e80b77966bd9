/**
 * The checks of a convocatoria's calendar in its editor: the rules of SQL's `check_calendar`, `check_milestones` and
 * `check_promise`, and hints that refuse nothing.
 */
import { localDay } from './centralTime'
import type { Refusal } from './refusals'
import type { Milestone } from './rows'

/** Instants in ISO 8601, days `YYYY-MM-DD`. */
export interface CampaignDates {
  opens_at: string | null
  closes_at: string | null
  grace_hours: number | null
  inputs_on: string | null
  results_on: string | null
  answer_by: string | null
}

/** `field` is the field's name; `milestone-<index>` for a milestone. */
export interface CalendarProblem {
  field: string
  code: Refusal
}

const GRACE_MAX_HOURS = 168

function refuseWindow({ opens_at, closes_at, grace_hours: grace }: CampaignDates): CalendarProblem[] {
  const problems: CalendarProblem[] = []
  if (!opens_at) problems.push({ field: 'opens_at', code: 'opens_required' })
  if (!closes_at) problems.push({ field: 'closes_at', code: 'closes_required' })
  if (opens_at && closes_at && new Date(closes_at) <= new Date(opens_at)) {
    problems.push({ field: 'closes_at', code: 'closes_before_opens' })
  }
  if (grace === null || !Number.isInteger(grace) || grace < 0 || grace > GRACE_MAX_HOURS) {
    problems.push({ field: 'grace_hours', code: 'grace_invalid' })
  }
  return problems
}

/** All problems of the dates, in the order of the server's checks. */
export function refuseDates(dates: CampaignDates): CalendarProblem[] {
  const problems = refuseWindow(dates)
  const opens = dates.opens_at && localDay(dates.opens_at)
  const closes = dates.closes_at && localDay(dates.closes_at)
  if (dates.inputs_on && opens && dates.inputs_on > opens) {
    problems.push({ field: 'inputs_on', code: 'inputs_after_opening' })
  }
  if (!dates.answer_by) problems.push({ field: 'answer_by', code: 'answer_required' })
  else if (closes && dates.answer_by < closes) {
    problems.push({ field: 'answer_by', code: 'answer_before_closing' })
  }
  if (dates.results_on && closes && dates.results_on <= closes) {
    problems.push({ field: 'results_on', code: 'results_before_closing' })
  }
  return problems
}

/** All problems of the milestones: no title, an end before the beginning, or an earlier date than the one before. */
export function refuseMilestones(milestones: readonly Milestone[]): CalendarProblem[] {
  let last = ''
  return milestones.flatMap<CalendarProblem>(({ on, until, title }, place) => {
    const field = `milestone-${place}`
    const before = last
    last = on ?? last
    if (!title.trim()) return [{ field, code: 'milestone_title_required' }]
    if (until && (!on || until < on)) return [{ field, code: 'milestone_until_before' }]
    return on && on < before ? [{ field, code: 'milestones_disordered' }] : []
  })
}

export type DayHint = 'weekend' | 'holiday'

/** The hint for a day (`YYYY-MM-DD`) that is not a working day; null for a working day. */
export function dayHint(day: string | null, holidays: ReadonlySet<string>): DayHint | null {
  if (!day) return null
  if (holidays.has(day)) return 'holiday'
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6 ? 'weekend' : null
}
