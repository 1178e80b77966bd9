import { expect, test } from 'vitest'
import { remainingS, withSample, type Sample } from './remainingTime'

const MIB = 1024 * 1024
const steady = Array.from({ length: 21 }, (_, i): Sample => ({ at: i * 1_000, sent: i * MIB }))

test('the remaining time follows the rate of the last minute', () => {
  expect(remainingS(steady, 30 * MIB, 20_000)).toBe(10)
})

test.each<[string, Sample[], number]>([
  ['nothing was measured', [], 0],
  ['too little was measured', steady.slice(0, 5), 4_000],
  ['nothing moved for a while', steady, 40_000],
])('there is no estimate when %s', (_, samples, now) => {
  expect(remainingS(samples, 100 * MIB, now)).toBeNull()
})

test('samples older than a minute are dropped, a stall adds none, and fewer bytes clear them', () => {
  const samples = steady.reduce<Sample[]>(withSample, [])
  expect(samples).toEqual(steady)
  const late = { at: 75_000, sent: 50 * MIB }
  expect(withSample(samples, late)[0]!.at).toBe(15_000)
  expect(withSample(samples, { at: 30_000, sent: 20 * MIB })).toEqual(samples)
  const back = { at: 30_000, sent: MIB }
  expect(withSample(samples, back)).toEqual([back])
})

test('the remaining time is at least one second', () => {
  expect(remainingS(steady, 20 * MIB, 20_000)).toBe(1)
  expect(remainingS(steady, 20 * MIB + 1, 20_000)).toBe(1)
})
