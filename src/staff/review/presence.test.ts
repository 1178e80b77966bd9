// @vitest-environment happy-dom
/** How often an open review calls the server. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { presencePeriod, startPresence } from './presence'

const MINUTE = 60_000
const tell = vi.fn<(isOpen: boolean) => void>()
const told = () => tell.mock.calls.map(([isOpen]) => isOpen)
let stop = () => {}

beforeEach(() => {
  vi.useFakeTimers()
  tell.mockClear()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
const begin = (isPhone: boolean) => (stop = startPresence(presencePeriod(isPhone), tell))
/** Minutes in which somebody touches the page every ten seconds. */
function use(minutes: number) {
  for (let at = 0; at < minutes * 6; at++) {
    dispatchEvent(new Event('pointermove'))
    vi.advanceTimersByTime(10_000)
  }
}
function see(state: 'visible' | 'hidden') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

test.each([
  ['on a desktop', false, 121],
  ['on a phone', true, 31],
])('in an hour of use a page %s calls at most so often', (_, isPhone, calls) => {
  begin(isPhone)
  use(60)
  expect(told()).toEqual(Array.from({ length: calls }, () => true))
})

test.each([
  ['on a desktop', false, 7],
  ['on a phone', true, 3],
])(
  'a page that lies open %s for an hour without use calls a few times, the last time to say so',
  (_, isPhone, calls) => {
    begin(isPhone)
    vi.advanceTimersByTime(60 * MINUTE)
    expect(told()).toEqual([...Array.from({ length: calls - 1 }, () => true), false])
  },
)

test('a device that saves data calls as rarely as a phone', () => {
  vi.stubGlobal('navigator', { connection: { saveData: true } })
  expect(presencePeriod(false)).toBe(presencePeriod(true))
})

test('the first act after a rest tells again at once', () => {
  begin(true)
  vi.advanceTimersByTime(10 * MINUTE)
  tell.mockClear()
  dispatchEvent(new Event('keydown'))
  expect(told()).toEqual([true])
})

test('a hidden page says that it is closed, calls no more, and tells again once it is visible', () => {
  begin(false)
  see('hidden')
  vi.advanceTimersByTime(60 * MINUTE)
  expect(told()).toEqual([true, false])
  see('visible')
  expect(told()).toEqual([true, false, true])
})

test('a page that was hidden from the beginning calls nothing, and one without signal neither', () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  begin(false)
  use(1)
  stop()
  expect(told()).toEqual([])
  see('visible')
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  begin(false)
  use(1)
  expect(told()).toEqual([])
})

test('leaving the page says once that it is closed', () => {
  begin(false)
  stop()
  use(1)
  stop()
  expect(told()).toEqual([true, false])
})
