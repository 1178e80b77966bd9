import { expect, test } from 'vitest'
import { publicWindow, statusKey } from './status'

const DATES = {
  opens_at: '2026-11-05T00:00:00-06:00',
  closes_at: '2026-11-13T23:59:59-06:00',
  grace_hours: 48,
  inputs_on: null,
  results_on: null,
  answer_by: null,
  milestones: [],
}
const at = (now: string) =>
  statusKey({ published: true, publish_at: null }, publicWindow(DATES), new Date(now))

test.each([
  ['2026-11-04T12:00:00-06:00', 'coming'],
  ['2026-11-10T12:00:00-06:00', 'open'],
  ['2026-11-15T12:00:00-06:00', 'grace'],
  ['2026-11-16T12:00:00-06:00', 'closed'],
])('at %s a public campaign is %s', (now, status) => expect(at(now)).toBe(status))

test('a draft is a draft, or scheduled where it has an hour', () => {
  const now = new Date()
  expect(statusKey({ published: false, publish_at: null }, null, now)).toBe('draft')
  expect(statusKey({ published: false, publish_at: '2026-12-01T15:00:00Z' }, null, now)).toBe('scheduled')
})
