/** What comes next in a campaign, from its own dates and its timeline. */
import type { CampaignBoard } from '@/domain/board'
import { localDay } from '@/domain/centralTime'
import { t } from './words'

export const DAY_MS = 86_400_000

export interface ComingDay {
  day: string
  until: string | null
  title: string
}

/** The dates of today and later, the next first. */
export function comingDays(board: CampaignBoard): ComingDay[] {
  const own = [
    { at: board.opens_at, title: t('coming.opens') },
    { at: board.closes_at, title: t('coming.closes') },
    { at: board.work?.answer_by ?? null, title: t('coming.answer_by') },
    { at: board.results_on, title: t('coming.results') },
  ].flatMap(({ at, title }) => (at ? [{ day: at.length > 10 ? localDay(at) : at, until: null, title }] : []))
  const told = board.milestones.flatMap(({ on, until, title }) => (on ? [{ day: on, until, title }] : []))
  return [...own, ...told]
    .filter(({ day, until }) => (until ?? day) >= board.today)
    .toSorted((one, other) => one.day.localeCompare(other.day))
}
