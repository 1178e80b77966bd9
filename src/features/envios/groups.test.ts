import { expect, test } from 'vitest'
import { CHIPS } from '@/domain/submissionStatus'
import { groupOf, groupItems } from './groups'

test('the groups are ordered: what needs the person, what is pending, what was sent', () => {
  const items = [
    { id: 1, chip: 'published', changedAt: '2026-11-05T10:00:00-06:00' },
    { id: 2, chip: 'unsent', changedAt: '2026-11-04T10:00:00-06:00' },
    { id: 3, chip: 'correction_requested', changedAt: '2026-11-01T10:00:00-06:00' },
    { id: 4, chip: 'needs_attention', changedAt: '2026-11-02T10:00:00-06:00' },
  ] as const
  const order = groupItems(items).flatMap((entry) => entry.items.map((item) => item.id))
  expect(order).toEqual([4, 3, 2, 1])
})

test('items are ordered by instant, whatever the time zone of their dates', () => {
  const [sent] = groupItems([
    { id: 'older', chip: 'received', changedAt: '2026-11-05T10:00:00Z' },
    { id: 'newer', chip: 'received', changedAt: '2026-11-05T09:00:00-06:00' },
  ] as const)
  expect(sent?.items.map((item) => item.id)).toEqual(['newer', 'older'])
})

test('every chip has a group, and empty groups are left out', () => {
  expect(CHIPS.map(groupOf)).not.toContain(undefined)
  expect(groupItems([])).toEqual([])
})
