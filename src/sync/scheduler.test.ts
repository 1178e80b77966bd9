import { beforeEach, expect, test, vi } from 'vitest'
import type { Outcome, Wants } from './engine'
import { Scheduler } from './scheduler'

let timers: { ms: number; then: () => void }[] = []
let push: number | null = null
let isVisible = true
let isWatched = false
let awaits = false
let outcome: Outcome = 'done'
const cycle = vi.fn<(wants: Wants) => Promise<Outcome>>(() => Promise.resolve(outcome))

const scheduler = () =>
  new Scheduler({
    cycle,
    untilPush: () => Promise.resolve(push),
    awaitsAnswer: () => Promise.resolve(awaits),
    isWatched: () => isWatched,
    isVisible: () => isVisible,
    after: (ms, then) => {
      const timer = { ms, then }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
  })

beforeEach(() => {
  timers = []
  push = null
  isVisible = true
  isWatched = false
  awaits = false
  outcome = 'done'
  cycle.mockClear()
})

test('requests made during a cycle are merged into one cycle with the widest hurry and reach', async () => {
  const { want } = scheduler()
  const first = want({ hurry: 'no', reach: 'none' })
  void want({ hurry: 'network', reach: 'mine' })
  void want({ hurry: 'no', reach: 'all' })
  await first
  expect(cycle.mock.calls).toEqual([[{ hurry: 'no', reach: 'none' }], [{ hurry: 'network', reach: 'all' }]])
})

test('without a waiting op or an awaited answer no timer is set', async () => {
  await scheduler().want({ hurry: 'no', reach: 'all' })
  expect(timers).toEqual([])
})

test('the page of a submission in its final state does not poll', async () => {
  isWatched = true
  await scheduler().want({ hurry: 'no', reach: 'all' })
  expect(timers).toEqual([])
})

test.each([
  ['an answer is awaited', false, 60_000],
  ['an answer is awaited on the page of its submission', true, 10_000],
])('while %s the page polls', async (_, watched, ms) => {
  awaits = true
  isWatched = watched
  await scheduler().want({ hurry: 'no', reach: 'all' })
  expect(timers.map((timer) => timer.ms)).toEqual([ms])
  timers[0]!.then()
  expect(cycle).toHaveBeenLastCalledWith({ hurry: 'no', reach: 'mine' })
})

test('the poll interval of an unreachable server grows to five minutes and is reset when it answers', async () => {
  awaits = true
  outcome = 'failed'
  const { want } = scheduler()
  const waits: (number | undefined)[] = []
  for (let round = 0; round < 5; round += 1) {
    await want({ hurry: 'no', reach: 'mine' })
    waits.push(timers.at(-1)?.ms)
  }
  expect(waits).toEqual([120_000, 240_000, 300_000, 300_000, 300_000])
  outcome = 'done'
  await want({ hurry: 'no', reach: 'mine' })
  expect(timers.map((timer) => timer.ms)).toEqual([60_000])
})

/** The waits of this many polls in a row. */
async function waitsOf(polls: number): Promise<number[]> {
  const waits: number[] = []
  for (let poll = 0; poll < polls; poll += 1) {
    const { ms, then } = timers.at(-1)!
    waits.push(ms / 1000)
    timers = []
    then()
    await vi.waitFor(() => expect(timers).toHaveLength(1))
  }
  return waits
}

test('a page that nobody touches polls less and less, up to every half an hour, and an event makes it quick again', async () => {
  awaits = true
  const { want } = scheduler()
  await want({ hurry: 'no', reach: 'all' })
  expect(await waitsOf(5)).toEqual([60, 240, 960, 1800, 1800])
  await want({ hurry: 'network', reach: 'all' })
  expect(timers.at(-1)!.ms).toBe(60_000)
})

test('an open submission polls three times after ten seconds, and then less and less', async () => {
  awaits = true
  isWatched = true
  await scheduler().want({ hurry: 'no', reach: 'all' })
  expect(await waitsOf(8)).toEqual([10, 10, 10, 40, 160, 640, 1800, 1800])
})

test.each([
  ['the page of a submission', true],
  ['any other page', false],
])(
  'in the hour after the last event, 100,000 phones left on %s ask fewer than 200 times a second',
  async (_, watched) => {
    awaits = true
    isWatched = watched
    await scheduler().want({ hurry: 'no', reach: 'all' })
    let polls = 0
    for (let seconds = 0; seconds < 3600; polls += 1) seconds += (await waitsOf(1))[0]!
    expect((100_000 * (polls - 1)) / 3600).toBeLessThan(200)
  },
)

test('a request that found the lease taken is repeated a second later', async () => {
  outcome = 'busy'
  await scheduler().want({ hurry: 'person', reach: 'all' })
  expect(timers.map((timer) => timer.ms)).toEqual([1_000])
  outcome = 'done'
  timers[0]!.then()
  expect(cycle).toHaveBeenLastCalledWith({ hurry: 'person', reach: 'all' })
})

test('a hidden page does not poll but sends an op when its wait is over', async () => {
  awaits = true
  isVisible = false
  push = 4_000
  await scheduler().want({ hurry: 'no', reach: 'none' })
  expect(timers.map((timer) => timer.ms)).toEqual([4_000])
  timers[0]!.then()
  expect(cycle).toHaveBeenLastCalledWith({ hurry: 'no', reach: 'none' })
})

test('cycles that reject are repeated with growing waits, up to five minutes', async () => {
  cycle.mockRejectedValue(new Error('disk'))
  const { want } = scheduler()
  const waits: number[] = []
  for (let round = 0; round < 12; round += 1) {
    await want({ hurry: 'no', reach: 'none' })
    waits.push(timers.at(-1)!.ms)
  }
  expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000])
  expect(waits.at(-1)).toBe(300_000)
  cycle.mockReset().mockResolvedValue('done')
  push = 0
  await want({ hurry: 'no', reach: 'none' })
  expect(timers.at(-1)!.ms).toBe(1_000)
})

test('a request whose cycle rejects still resolves, and the next request runs a cycle', async () => {
  cycle.mockRejectedValueOnce(new Error('no database'))
  const { want } = scheduler()
  await want({ hurry: 'no', reach: 'all' })
  await want({ hurry: 'no', reach: 'all' })
  expect(cycle).toHaveBeenCalledTimes(2)
})
