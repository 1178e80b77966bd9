import { expect, test } from 'vitest'
import type { Milestone } from '@/domain/rows'
import { DURING } from './testing/material'
import { timelineOf, upcomingOf } from './timeline'

const timeline = (
  milestones: Milestone[],
  now: Date,
  closes_at = '2021-11-12T23:59:00-06:00',
  dates: { answer_by?: string; results_on?: string } = {},
) => timelineOf({ milestones, closes_at, answer_by: '2026-12-18', results_on: null, ...dates }, now)
const milestone = (on: string | null, until: string | null = null) => ({ on, until, title: 'x', note: null })

test.each([
  ['of yesterday', milestone('2026-11-22'), 'done'],
  ['of today', milestone('2026-11-23'), 'now'],
  ['from last week until today', milestone('2026-11-16', '2026-11-23'), 'now'],
  ['of tomorrow', milestone('2026-11-24'), 'next'],
  ['without a date', milestone(null), 'next'],
])('a milestone %s has the right state', (_, one, state) =>
  expect(timeline([one], DURING)[0]?.state).toBe(state),
)

test('a milestone’s day ends at midnight in central Mexico, whatever the phone’s time zone', () => {
  const lastMinute = new Date('2026-11-24T05:59:00Z')
  expect(timeline([milestone('2026-11-23')], lastMinute)[0]?.state).toBe('now')
  expect(timeline([milestone('2026-11-23')], new Date('2026-11-24T06:00:00Z'))[0]?.state).toBe('done')
})

test('the timeline writes both ends of a range, without the year of the closing, and «fecha por confirmar» without a date', () => {
  const milestones = [milestone(null), milestone('2021-11-04', '2021-11-12'), milestone('2022-01-10')]
  expect(timeline(milestones, DURING).map(({ when }) => when)).toEqual([
    'fecha por confirmar',
    'Del jueves 4 de noviembre al viernes 12 de noviembre',
    'lunes 10 de enero de 2022',
  ])
})

test.each([
  ['nothing is to come', {}, 0],
  ['an answer is to come', { answer_by: '2026-11-23' }, 1],
  ['results are to come', { results_on: '2026-12-01' }, 1],
])('once closed, an undated milestone is shown when %s %o: %i', (_, dates, shown) => {
  const milestones = [milestone('2021-11-04', '2021-11-12'), milestone(null)]
  const items = timeline(milestones, DURING, undefined, { answer_by: '2021-11-26', ...dates })
  expect(items.filter(({ when }) => when === 'fecha por confirmar')).toHaveLength(shown)
  expect(items[0]?.state).toBe('done')
})

test('of the dates to come at most three are shown, the first in full and the rest of its year without it', () => {
  const days = ['2026-11-20', '2026-11-23', '2026-12-18', '2026-12-20', '2027-01-15', '2027-01-20']
  const items = upcomingOf({ milestones: days.map((on) => milestone(on)) }, DURING)
  expect(items.map(({ when, state }) => `${state} ${when}`)).toEqual([
    'next viernes 18 de diciembre de 2026',
    'next domingo 20 de diciembre',
    'next viernes 15 de enero de 2027',
  ])
})
