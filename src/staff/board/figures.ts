/** The figures at the head of the board, each with the list that it counts. */
import type { RouteLocationRaw } from 'vue-router'
import type { CampaignBoard } from '@/domain/board'
import { numberWords } from '@/i18n/translator'
import { t } from './words'
import { queueOf } from './workLines'

export interface BoardFigure {
  key: string
  name: string
  value: string
  note?: string
  /** The note is a warning. */
  warns?: boolean
  to?: RouteLocationRaw
}

const UNCOUNTED = new Set(['quarantined', 'dismissed'])

/** Everything received that is not in quarantine; what was withdrawn later is in it. */
export const receivedOf = ({ counts }: CampaignBoard): number =>
  Object.entries(counts).reduce((sum, [state, count]) => sum + (UNCOUNTED.has(state) ? 0 : count), 0)

function receivedFigure(board: CampaignBoard): BoardFigure {
  const today = board.days.at(-1)?.arrived ?? 0
  const gone = board.counts.withdrawn ?? 0
  const notes = [
    t('figure.today', { count: today }),
    ...(gone > 0 ? [t('figure.withdrawn', { count: gone })] : []),
  ]
  return {
    key: 'received',
    name: t('figure.received'),
    value: numberWords(receivedOf(board)),
    note: notes.join(' · '),
    ...(board.work && { to: queueOf(board.id, 'all') }),
  }
}

function openFigure({ id, work }: CampaignBoard): BoardFigure {
  const { open, days_left: left } = work!
  const figure = { key: 'open', name: t('figure.open'), value: numberWords(open), to: queueOf(id) }
  if (open === 0 || left === null) return figure
  if (left < 0) return { ...figure, note: t('figure.late'), warns: true }
  if (left === 0) return { ...figure, note: t('figure.due_today'), warns: true }
  return { ...figure, note: t('figure.left', { count: left }) }
}

/** Half of the answers were given within this time, in hours up to two days. */
const timeWords = (hours: number): string =>
  hours < 48
    ? t('figure.hours', { count: Math.max(1, Math.round(hours)) })
    : t('figure.days', { count: Math.round(hours / 2.4) / 10 })

export function figuresOf(board: CampaignBoard): BoardFigure[] {
  if (!board.work) return [receivedFigure(board)]
  const { counts, id } = board
  const [published = 0, rejected = 0] = [counts.published, counts.rejected]
  const decided =
    published + rejected + (counts.accepted ?? 0) + (counts.not_selected ?? 0) + (counts.expired ?? 0)
  return [
    receivedFigure(board),
    openFigure(board),
    {
      key: 'published',
      name: t('figure.published'),
      value: numberWords(published),
      note: t('figure.decided', { count: decided }),
      to: queueOf(id, 'published'),
    },
    {
      key: 'time',
      name: t('figure.time'),
      value: typeof board.median_hours === 'number' ? timeWords(board.median_hours) : t('none'),
      note: t('figure.median'),
    },
    {
      key: 'rejected',
      name: t('figure.rejected'),
      value: numberWords(rejected),
      to: queueOf(id, 'rejected'),
    },
  ]
}
