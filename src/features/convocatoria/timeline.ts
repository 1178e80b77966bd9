/** The calendar of a convocatoria as items of TimeLine. */
import { localDay } from '@/domain/centralTime'
import type { Milestone } from '@/domain/rows'
import { t } from '@/campaign/words'
import { formatDay } from '@/ui/dates'
import { formatDayOrPending } from '@/ui/shortDates'

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

/** Milestones with their dates in words. One without a date is «por confirmar» and in the future. */
export const timelineOf = (milestones: readonly Milestone[], now: Date): TimelineItem[] =>
  milestones.map((milestone) => ({
    title: milestone.title,
    when:
      milestone.on && milestone.until
        ? t('timeline.range', { from: formatDay(milestone.on), until: formatDay(milestone.until) })
        : formatDayOrPending(milestone.on),
    note: milestone.note,
    state: stateOf(milestone, localDay(now)),
  }))
