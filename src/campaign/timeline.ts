/** The calendar of a convocatoria as items of TimeLine. */
import { localDay } from '@/domain/centralTime'
import type { Convocatoria, Milestone } from '@/domain/rows'
import { formatDay, formatDayWithoutYear } from '@/ui/dates'
import { formatDayOrPending } from '@/ui/shortDates'
import { t } from './words'

interface TimelineItem {
  title: string
  when: string
  note: string | null
  state: 'done' | 'now' | 'next'
}

function stateOf({ on, until }: Milestone, today: string): TimelineItem['state'] {
  if (on === null || today < on) return 'next'
  return today <= (until ?? on) ? 'now' : 'done'
}

function whenOf({ on, until }: Milestone, day: (on: string) => string): string {
  if (!on) return formatDayOrPending(null)
  return until ? t('timeline.range', { from: day(on), until: day(until) }) : day(on)
}

type Calendar = Pick<Convocatoria, 'milestones' | 'closes_at' | 'answer_by' | 'results_on'>

/** Whether every date that the campaign announced has passed, so that nothing of it is still to be confirmed. */
const isOver = ({ milestones, closes_at, answer_by, results_on }: Calendar, today: string): boolean =>
  [localDay(closes_at), answer_by, results_on, ...milestones.map(({ on, until }) => until ?? on)].every(
    (day) => !day || day < today,
  )

/**
 * Milestones with their dates in words, without the year of the closing, which stands in full above. One without a date is
 * «por confirmar» and in the future, and is left out once the campaign is over.
 */
export function timelineOf(calendar: Calendar, now: Date): TimelineItem[] {
  const { closes_at } = calendar
  const milestones = isOver(calendar, localDay(now))
    ? calendar.milestones.filter(({ on }) => on)
    : calendar.milestones
  const year = localDay(closes_at).slice(0, 4)
  const day = (on: string) => (on.startsWith(year) ? formatDayWithoutYear(on) : formatDay(on))
  return milestones.map((milestone) => ({
    title: milestone.title,
    when: whenOf(milestone, day),
    note: milestone.note,
    state: stateOf(milestone, localDay(now)),
  }))
}

/** How many dates to come a page shows that is not the campaign's own. */
const FEW = 3

/** The dates of a convocatoria that have not begun, the first in full and later ones of its year without the year. */
export function upcomingOf({ milestones }: Pick<Convocatoria, 'milestones'>, now: Date): TimelineItem[] {
  const today = localDay(now)
  let year: string | undefined
  const day = (on: string) => {
    const isOfYear = on.slice(0, 4) === year
    year = on.slice(0, 4)
    return isOfYear ? formatDayWithoutYear(on) : formatDay(on)
  }
  return milestones
    .filter((milestone) => stateOf(milestone, today) === 'next')
    .slice(0, FEW)
    .map((milestone) => ({
      title: milestone.title,
      when: whenOf(milestone, day),
      note: null,
      state: 'next',
    }))
}
