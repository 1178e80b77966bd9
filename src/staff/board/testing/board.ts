/** A board as the server answers it, for tests. */
import type { BoardDay, BoardLetters, BoardWork, CampaignBoard } from '@/domain/board'

/** Fourteen days until 2 December 2026, on the last of which 27 arrived and 33 were answered. */
const days: BoardDay[] = Array.from({ length: 14 }, (_, index) => ({
  day: new Date(Date.UTC(2026, 10, 19 + index)).toISOString().slice(0, 10),
  arrived: index === 13 ? 27 : index,
  answered: index === 13 ? 33 : 0,
}))

const letters: BoardLetters = {
  sent: 98,
  arrived: 90,
  returned: 3,
  waiting: 0,
  retrying: 1,
  doubtful: 0,
  failed: 1,
  unusable: 2,
}

export const workOf = (change: Partial<BoardWork> = {}): BoardWork => ({
  open: 40,
  answer_by: '2026-12-18',
  days_left: 12,
  assigned: { looked: 40, unassigned: 28, members: [{ id: 'lucia', name: 'Lucía', count: 12 }] },
  corrections: [{ day: '2026-12-04', count: 3 }],
  pace: { a_day: 5.5, done_on: '2026-12-14' },
  ...change,
})

export const boardOf = (change: Partial<CampaignBoard> = {}): CampaignBoard => ({
  now: '2026-12-02T16:42:00+00:00',
  today: '2026-12-02',
  id: 'c1',
  kind: 'propuestas',
  title: 'Estrategia 2026',
  published: true,
  publish_at: null,
  retired: false,
  paused: null,
  opens_at: '2026-11-19T06:00:00+00:00',
  closes_at: '2026-12-05T05:59:59+00:00',
  received_until: '2026-12-07T05:59:59+00:00',
  results_on: null,
  milestones: [],
  counts: {
    received: 30,
    in_review: 10,
    correction_requested: 9,
    published: 22,
    rejected: 7,
    quarantined: 2,
  },
  days,
  work: workOf(),
  counted_at: '2026-12-02T16:40:00+00:00',
  median_hours: 43.2,
  letters,
  places: {
    unsaid: 4,
    items: [
      { place: '15106', name: 'Toluca', count: 52 },
      { place: 'fuera', name: 'Fuera del Estado', count: 12 },
      { place: '15001', name: 'Acambay', count: 0 },
    ],
  },
  space: null,
  own: {},
  ...change,
})
