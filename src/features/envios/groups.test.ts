import { expect, test } from 'vitest'
import { CHIPS } from '@/domain/submissionStatus'
import { groupOf, grouped } from './groups'

test('what needs the person comes before what waits, and that before what was sent', () => {
  const items = [
    { id: 1, chip: 'published', movedAt: '2026-11-05T10:00:00-06:00' },
    { id: 2, chip: 'unsent', movedAt: '2026-11-04T10:00:00-06:00' },
    { id: 3, chip: 'correction_requested', movedAt: '2026-11-01T10:00:00-06:00' },
    { id: 4, chip: 'needs_attention', movedAt: '2026-11-02T10:00:00-06:00' },
  ] as const
  const order = grouped(items).flatMap((entry) => entry.items.map((item) => item.id))
  expect(order).toEqual([4, 3, 2, 1])
})

test('instants in other zones are compared as instants', () => {
  const [sent] = grouped([
    { id: 'older', chip: 'received', movedAt: '2026-11-05T10:00:00Z' },
    { id: 'newer', chip: 'received', movedAt: '2026-11-05T09:00:00-06:00' },
  ] as const)
  expect(sent?.items.map((item) => item.id)).toEqual(['newer', 'older'])
})

test('every chip has a place, and no group is shown empty', () => {
  expect(CHIPS.map(groupOf)).not.toContain(undefined)
  expect(grouped([])).toEqual([])
})
