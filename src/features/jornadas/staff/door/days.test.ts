import { expect, test } from 'vitest'
import type { JornadaDay } from '@/features/jornadas/registration'
import { groupDays } from './days'

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
