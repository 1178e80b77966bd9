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
const PUBLIC = { published: true, publish_at: null, retired: false }
const DRAFT = { published: false, publish_at: null, retired: false }
const at = (now: string) => statusKey(PUBLIC, publicWindow(DATES, null), new Date(now))

test.each([
  ['2026-11-04T12:00:00-06:00', 'coming'],
  ['2026-11-10T12:00:00-06:00', 'open'],
  ['2026-11-15T12:00:00-06:00', 'grace'],
  ['2026-11-16T12:00:00-06:00', 'closed'],
])('at %s a public campaign is %s', (now, status) => expect(at(now)).toBe(status))

test('a draft is a draft, or scheduled where it has an hour', () => {
  const now = new Date()
  expect(statusKey(DRAFT, null, now)).toBe('draft')
  expect(statusKey({ ...DRAFT, publish_at: '2026-12-01T15:00:00Z' }, null, now)).toBe('scheduled')
})

test('a retired campaign is retired whatever its dates, and a paused one is paused while it would be open', () => {
  const pause = { from: '2026-11-06T00:00:00-06:00', until: null, received_until: '', reason: 'x' }
  const during = new Date('2026-11-10T12:00:00-06:00')
  expect(statusKey({ ...PUBLIC, retired: true }, publicWindow(DATES, pause), during)).toBe('retired')
  expect(statusKey(PUBLIC, publicWindow(DATES, pause), during)).toBe('paused')
})
