// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Outcome } from './outcome'

const TONES = ['good', 'warn', 'info', 'bad'] as const satisfies Outcome['tone'][]
const vibrate = vi.fn<(pattern: number[]) => boolean>()
const notes: number[] = []

class FakeAudio {
  currentTime = 0
  destination = {}
  resume = async () => undefined
  createGain = () => ({
    gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined },
    connect: () => undefined,
  })
  createOscillator = () => ({
    type: '',
    frequency: {
      set value(hertz: number) {
        notes.push(hertz)
      },
    },
    connect: () => ({ connect: () => undefined }),
    start: () => undefined,
    stop: () => undefined,
  })
}

beforeEach(() => {
  vi.resetModules()
  notes.length = 0
  vibrate.mockReset()
  localStorage.clear()
  Object.assign(navigator, { vibrate })
  vi.stubGlobal('AudioContext', FakeAudio)
})
afterEach(() => vi.unstubAllGlobals())

test('each kind of verdict has a sound and a vibration of its own', async () => {
  const { signal } = await import('./signals')
  const sounds = TONES.map((tone) => {
    notes.length = 0
    signal(tone, false)
    return notes.join(' ')
  })
  expect(new Set(sounds).size).toBe(TONES.length)
  expect(sounds.every(Boolean)).toBe(true)
  expect(new Set(vibrate.mock.calls.map(([pattern]) => pattern.join(' '))).size).toBe(TONES.length)
})

test('a silent phone only shakes, and one without sound or vibration does neither and goes on', async () => {
  const { signal } = await import('./signals')
  signal('bad', true)
  expect([notes.length, vibrate.mock.calls.length]).toEqual([0, 1])
  Object.assign(navigator, { vibrate: undefined })
  vi.unstubAllGlobals()
  vi.stubGlobal('AudioContext', undefined)
  Reflect.deleteProperty(globalThis, 'AudioContext')
  expect(() => signal('bad', false)).not.toThrow()
})

test('the choice of silence stays on the phone', async () => {
  const { isSilent, keepSilent } = await import('./signals')
  expect(isSilent()).toBe(false)
  keepSilent(true)
  expect(isSilent()).toBe(true)
  keepSilent(false)
  expect(isSilent()).toBe(false)
})
