import { afterEach, expect, test, vi } from 'vitest'
import { clockOffset, learnClock, restoreClock, serverNow } from './serverClock'

afterEach(() => {
  vi.useRealTimers()
  restoreClock(0)
})

test('a phone two days ahead learns the server’s time, with half the round trip as the answer’s age', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 25) })
  const sentAt = Date.now()
  vi.advanceTimersByTime(2_000)
  learnClock('2026-11-23T00:00:01.000Z', sentAt)
  expect(serverNow()).toEqual(new Date('2026-11-23T00:00:02.000Z'))
})

test('an answer without a valid instant does not change the clock', () => {
  learnClock('soon', 0)
  expect(clockOffset()).toBe(0)
})
