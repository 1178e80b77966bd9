import { expect, test } from 'vitest'
import type { JornadaDay } from '@/features/jornadas/registration'
import { groupDays, shutUntil } from './days'

const now = new Date('2026-11-26T23:30:00-06:00') // already the 27th in UTC
const day = (id: string, on_day: string | null) => ({ id, on_day }) as JornadaDay

test('days are grouped as today, future, undated and past, and past days start with the latest', () => {
  const days = [
    day('old', '2026-11-10'),
    day('yesterday', '2026-11-25'),
    day('today', '2026-11-26'),
    day('tomorrow', '2026-11-27'),
    day('later', '2026-12-03'),
    day('some', null),
  ]
  expect(groupDays(days, now).map(({ group, days: all }) => [group, all.map(({ id }) => id)])).toEqual([
    ['today', ['today']],
    ['coming', ['tomorrow', 'later']],
    ['undated', ['some']],
    ['past', ['yesterday', 'old']],
  ])
  expect(groupDays([], now)).toEqual([])
})

test.each([
  [
    'an hour, seven hours before',
    '2026-12-08',
    '2026-12-08T16:00:00Z',
    '2026-12-08T09:00:00Z',
    '2026-12-08T10:00:00.000Z',
  ],
  ['an hour, six hours before', '2026-12-08', '2026-12-08T16:00:00Z', '2026-12-08T10:00:00Z', null],
  ['an hour, weeks after', '2026-12-08', '2026-12-08T16:00:00Z', '2027-01-08T10:00:00Z', null],
  ['no hour, the evening before', '2026-12-08', null, '2026-12-08T05:59:00Z', '2026-12-08T06:00:00.000Z'],
  ['no hour, its first moment', '2026-12-08', null, '2026-12-08T06:00:00Z', null],
  ['no date', null, null, '2026-12-08T06:00:00Z', ''],
])('arrivals of a day with %s, are shut until «%s»', (_, on_day, starts_at, at, expected) =>
  expect(shutUntil({ on_day, starts_at }, new Date(at))).toBe(expected),
)
