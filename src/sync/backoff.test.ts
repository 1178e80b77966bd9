import { expect, test } from 'vitest'
import { backoffMs, boundedWait, CEILING_MS, isDue } from './backoff'

test('the wait’s ceiling doubles up to five minutes, and the wait is random below it', () => {
  expect([1, 2, 3].map((failures) => backoffMs(failures, 0.5))).toEqual([250, 500, 1_000])
  expect(backoffMs(3, 0)).toBe(0)
  expect(backoffMs(60, 0.999_999)).toBeLessThanOrEqual(CEILING_MS)
})

test('a wait that the server asks for is at least zero and at most an hour', () => {
  expect(boundedWait(7_000)).toBe(7_000)
  expect(boundedWait(86_400_000)).toBe(3_600_000)
  expect(boundedWait(-5)).toBe(0)
})

test('a wait set before the clock was put back two days is over', () => {
  expect(isDue(1_000, 1_000)).toBe(true)
  expect(isDue(1_001, 1_000)).toBe(false)
  expect(isDue(2 * 86_400_000, 1_000)).toBe(true)
})
