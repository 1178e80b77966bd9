/** The work of a campaign as lines, each with the list that it stands for. Nothing that counts zero is said. */
import type { RouteLocationRaw } from 'vue-router'
import type { CampaignBoard } from '@/domain/board'
import type { IconName } from '@/ui/icons'
import { t, weekdayOfMonth } from './words'

export interface WorkLine {
  key: string
  count: number
  tone: 'bad' | 'warn' | 'plain'
  icon: IconName
  title: string
  text: string
  open: string
  to: RouteLocationRaw
}

/** The list of the campaign's submissions in one state; `todo`: of those that wait for a decision. */
export const queueOf = (convocatoria: string, ver?: string): RouteLocationRaw => ({
  name: 'staff-queue',
  query: { convocatoria, ...(ver && { ver }) },
})

/** Business days that are left at which a date is close. */
const CLOSE = 3

function openLine({ id, work }: CampaignBoard): WorkLine {
  const { open, answer_by: by, days_left: left, assigned } = work!
  const names = assigned.members.slice(0, 3).map(({ name, count }) => t('work.member', { name, count }))
  const whose = [
    ...(assigned.unassigned > 0 ? [t('work.unassigned', { count: assigned.unassigned })] : []),
    ...names,
    ...(assigned.looked < open ? [t('work.oldest', { count: assigned.looked })] : []),
  ]
  const base = { key: 'open', count: open, title: t('work.open'), open: t('work.review'), to: queueOf(id) }
  const saying = (...first: string[]) => [...first, ...whose].join(' · ')
  if (by === null || left === null) return { ...base, tone: 'plain', icon: 'inbox', text: saying() }
  const day = weekdayOfMonth(by)
  const late = { ...base, tone: 'bad', icon: 'alert' } as const
  if (left < 0) return { ...late, title: t('work.late'), text: saying(t('work.promised', { day })) }
  if (left === 0) return { ...late, title: t('work.today'), text: saying() }
  const text = saying(t('work.open_by', { day, count: left }))
  return left <= CLOSE
    ? { ...base, tone: 'warn', icon: 'clock', text }
    : { ...base, tone: 'plain', icon: 'inbox', text }
}

function correctionLine({ id, counts, work }: CampaignBoard): WorkLine {
  const text = work!.corrections
    .map(({ day, count }) => t('work.correction_ends', { count, day: weekdayOfMonth(day) }))
    .join(' · ')
  return {
    key: 'corrections',
    count: counts.correction_requested ?? 0,
    tone: 'plain',
    icon: 'edit',
    title: t('work.corrections'),
    text,
    open: t('work.see'),
    to: queueOf(id, 'correction_requested'),
  }
}

export function workLines(board: CampaignBoard): WorkLine[] {
  const { id, counts, work } = board
  const lines: WorkLine[] = work ? [openLine(board), correctionLine(board)] : []
  lines.push(
    {
      key: 'accepted',
      count: work ? (counts.accepted ?? 0) : 0,
      tone: 'plain',
      icon: 'checkCircle',
      title: t('work.accepted'),
      text: t('work.accepted_text'),
      open: t('work.see'),
      to: queueOf(id, 'accepted'),
    },
    {
      key: 'quarantined',
      count: counts.quarantined ?? 0,
      tone: 'warn',
      icon: 'shield',
      title: t('work.quarantined'),
      text: t('work.quarantined_text'),
      open: t('work.see'),
      to: { name: 'staff-quarantine' },
    },
  )
  return lines.filter(({ count }) => count > 0)
}
