import { expect, test } from 'vitest'
import { daysLeft } from './deadline'

test.each([
  ['the same day, minutes before midnight in Mexico', '2026-11-23', '2026-11-24T05:59:00Z', 0],
  ['the day after, past midnight in Mexico', '2026-11-23', '2026-11-24T06:01:00Z', -1],
  ['three days', '2026-11-26', '2026-11-23T12:00:00-06:00', 3],
  ['an instant counts by its day in Mexico', '2026-11-27T05:00:00Z', '2026-11-23T12:00:00-06:00', 3],
  ['across a year', '2027-01-01', '2026-12-30T12:00:00-06:00', 2],
])('%s', (_, answerBy, now, days) => expect(daysLeft(answerBy, new Date(now))).toBe(days))
