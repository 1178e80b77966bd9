import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type * as Clock from './serverClock'

const OPEN = {
  opens_at: '2026-11-01T06:00:00Z',
  closes_at: '2026-12-01T06:00:00Z',
  received_until: '2026-12-01T18:00:00Z',
}
const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 15)
const kept = new Map<string, string>()
let clock: typeof Clock

/** A visit: the module reads what the last one kept. */
async function visit({ phone = NOW, onLine = true } = {}) {
  vi.setSystemTime(phone)
  vi.stubGlobal('navigator', { onLine })
  vi.resetModules()
  clock = await import('./serverClock')
  const { keepClock } = await import('./keptClock')
  keepClock()
  const { phaseNow, refusalNow } = await import('./campaignPhase')
  return {
    phase: () => phaseNow(OPEN, clock.serverNow()),
    refusal: () => refusalNow(OPEN, clock.serverNow()),
  }
}
const answer = (now = NOW) => clock.learnClock(new Date(now).toISOString(), performance.now())

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('a phone two days ahead learns the server’s time, with half the round trip as the answer’s age', async () => {
  await visit({ phone: Date.UTC(2026, 10, 25) })
  const sentAt = performance.now()
  vi.advanceTimersByTime(2_000)
  clock.learnClock('2026-11-23T00:00:01.000Z', sentAt)
  expect(clock.serverNow()).toEqual(new Date('2026-11-23T00:00:02.000Z'))
})

test('an answer without a valid instant does not change the clock', async () => {
  await visit()
  clock.learnClock('soon', 0)
  expect(clock.clockOffset()).toBe(0)
})

for (const [words, days] of [
  ['three weeks slow', -21],
  ['nineteen days fast', 19],
] as const) {
  test(`without signal a phone ${words} hides no open campaign, whatever it never learned`, async () => {
    const { phase, refusal } = await visit({ phone: NOW + days * DAY_MS, onLine: false })
    expect([phase(), refusal()]).toEqual(['unsure', null])
  })

  test(`an answer tells a phone ${words} at once that the campaign is open, and the next visit without signal too`, async () => {
    const phone = NOW + days * DAY_MS
    const { phase } = await visit({ phone })
    const told = vi.fn<() => void>()
    clock.onClock(told)
    answer()
    expect([phase(), told.mock.calls.length]).toEqual(['open', 1])
    expect((await visit({ phone: phone + DAY_MS, onLine: false })).phase()).toBe('open')
  })

  test(`a phone that was set ${words} after its last visit hides no open campaign without signal`, async () => {
    await visit()
    answer()
    const { phase } = await visit({ phone: NOW + days * DAY_MS, onLine: false })
    expect(phase()).not.toMatch(/coming|grace|closed/u)
  })
}

test('a campaign is closed without signal when the server has shown a later time', async () => {
  await visit()
  answer(Date.parse('2026-12-02T00:00:00Z'))
  expect((await visit({ phone: NOW, onLine: false })).phase()).toBe('closed')
})

test('only a certain instant ends what a person may do', async () => {
  await visit({ phone: NOW + 30 * DAY_MS, onLine: false })
  expect(clock.certainNow().getTime()).toBe(0)
  answer()
  expect(clock.certainNow().getTime()).toBe(NOW)
  clock.doubtClock()
  expect(clock.certainNow().getTime()).toBe(NOW)
})
