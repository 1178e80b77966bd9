import { expect, test } from 'vitest'
import type { ReviewEvent } from '@/domain/staffRows'
import { undoSeconds, undoableEvent } from './undo'

const noon = new Date('2026-11-23T12:00:00-06:00')
const event = (id: string, undo_until: string | null): ReviewEvent => ({
  id,
  at: '2026-11-23T11:59:30-06:00',
  actor: 'Moderadora',
  kind: 'accept',
  from_state: 'in_review',
  to_state: 'accepted',
  reason_code: null,
  message: null,
  undo_until,
})

test.each([
  ['nothing to undo', null, 0],
  ['a whole minute', '2026-11-23T12:01:00-06:00', 60],
  ['a phone that is a second behind', '2026-11-23T12:01:01-06:00', 60],
  ['a part of a second counts as one', '2026-11-23T12:00:00.200-06:00', 1],
  ['the last instant', '2026-11-23T12:00:00-06:00', 0],
  ['long past', '2026-11-23T11:00:00-06:00', 0],
  ['another offset of the same instant', '2026-11-23T18:00:30Z', 30],
])('the seconds left to undo: %s', (_, until, seconds) => expect(undoSeconds(until, noon)).toBe(seconds))

test('only the last event can be undone, and only until its minute ends', () => {
  const running = event('a', '2026-11-23T12:00:30-06:00')
  expect(undoableEvent([event('z', null), running], noon)?.id).toBe('a')
  expect(undoableEvent([running, event('b', null)], noon)).toBeNull()
  expect(undoableEvent([event('a', '2026-11-23T11:59:59-06:00')], noon)).toBeNull()
  expect(undoableEvent([], noon)).toBeNull()
})
