// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isClockSure, learnClock, serverNow } from '@/data/serverClock'
import { watchClock } from './watchClock'

const NOW = Date.UTC(2026, 10, 15)
const DAY_MS = 86_400_000
beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  watchClock()
})
afterEach(() => vi.useRealTimers())
const answer = () => learnClock(new Date(NOW).toISOString(), performance.now())

test('a page without an answer is not sure of the clock after ten seconds', () => {
  expect(isClockSure()).toBe(true)
  vi.advanceTimersByTime(10_000)
  expect(isClockSure()).toBe(false)
  answer()
  vi.advanceTimersByTime(60_000)
  expect(isClockSure()).toBe(true)
})

test('a phone’s clock that is put back while the page is open does not change the server’s', () => {
  answer()
  vi.setSystemTime(NOW - 3 * DAY_MS)
  vi.advanceTimersByTime(5_000)
  expect([serverNow().getTime(), isClockSure()]).toEqual([NOW + 5_000, true])
})

test('a phone’s clock that is put forward while the page is open makes nothing certain until the next answer', () => {
  answer()
  vi.setSystemTime(NOW + 9 * DAY_MS)
  vi.advanceTimersByTime(5_000)
  expect(isClockSure()).toBe(false)
  answer()
  expect([serverNow().getTime(), isClockSure()]).toEqual([NOW, true])
})
