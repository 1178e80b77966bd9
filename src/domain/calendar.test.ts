import { expect, test } from 'vitest'
import { type CampaignDates, dayHint, refuseDates, refuseMilestones } from './calendar'

const sound: CampaignDates = {
  opens_at: '2026-11-05T00:00:00-06:00',
  closes_at: '2026-11-13T23:59:59-06:00',
  grace_hours: 48,
  inputs_on: '2026-11-04',
  results_on: '2026-11-18',
  answer_by: '2026-11-27',
}
const codes = (change: Partial<CampaignDates>) => refuseDates({ ...sound, ...change }).map(({ code }) => code)

test.each<[string, Partial<CampaignDates>, string[]]>([
  ['valid dates', {}, []],
  ['answers on the day of closing', { answer_by: '2026-11-13' }, []],
  ['answers a day before closing', { answer_by: '2026-11-12' }, ['answer_before_closing']],
  ['results on the day of closing', { results_on: '2026-11-13' }, ['results_before_closing']],
  ['results a day after closing', { results_on: '2026-11-14' }, []],
  ['inputs on the day of opening', { inputs_on: '2026-11-05' }, []],
  ['inputs a day after opening', { inputs_on: '2026-11-06' }, ['inputs_after_opening']],
  ['no grace', { grace_hours: 0 }, []],
  ['a week of grace', { grace_hours: 168 }, []],
  ['a week and an hour of grace', { grace_hours: 169 }, ['grace_invalid']],
  ['closing at the opening', { closes_at: sound.opens_at }, ['closes_before_opens']],
  [
    'an empty form',
    { opens_at: null, closes_at: null, answer_by: null },
    ['opens_required', 'closes_required', 'answer_required'],
  ],
])('a calendar with %s', (_, change, expected) => expect(codes(change)).toEqual(expected))

test('milestones must be in order of their dates; those «por confirmar» may stand anywhere', () => {
  const one = (on: string | null, until: string | null = null, title = 'x') => ({
    on,
    until,
    title,
    note: null,
  })
  expect(refuseMilestones([one('2026-11-04'), one(null), one('2026-11-04', '2026-11-06')])).toEqual([])
  expect(refuseMilestones([one('2026-11-05'), one(null), one('2026-11-04')])).toEqual([
    { field: 'milestone-2', code: 'milestones_disordered' },
  ])
  expect(
    refuseMilestones([one(null, '2026-11-05'), one('2026-11-05', '2026-11-04'), one(null, null, ' ')]),
  ).toEqual([
    { field: 'milestone-0', code: 'milestone_until_before' },
    { field: 'milestone-1', code: 'milestone_until_before' },
    { field: 'milestone-2', code: 'milestone_title_required' },
  ])
})

test('weekends and holidays get a hint', () => {
  const holidays = new Set(['2026-11-16'])
  expect(
    ['2026-11-13', '2026-11-14', '2026-11-15', '2026-11-16', null].map((day) => dayHint(day, holidays)),
  ).toEqual([null, 'weekend', 'weekend', 'holiday', null])
})
