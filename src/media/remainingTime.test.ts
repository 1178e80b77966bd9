import { expect, test } from 'vitest'
import { remainingS, withSample, type Sample } from './remainingTime'

const MIB = 1024 * 1024
const steady = Array.from({ length: 21 }, (_, i): Sample => ({ at: i * 1_000, sent: i * MIB }))

test('what is left is told by the pace of the last minute', () => {
  expect(remainingS(steady, 30 * MIB, 20_000)).toBe(10)
})

test.each<[string, Sample[], number]>([
  ['nothing was measured', [], 0],
  ['too little was measured', steady.slice(0, 5), 4_000],
  ['nothing moved for a while', steady, 40_000],
])('nothing is promised when %s', (_, samples, now) => {
  expect(remainingS(samples, 100 * MIB, now)).toBeNull()
})

test('old samples are forgotten, standstill adds none, going back begins anew', () => {
  const samples = steady.reduce<Sample[]>(withSample, [])
  expect(samples).toEqual(steady)
  const late = { at: 75_000, sent: 50 * MIB }
  expect(withSample(samples, late)[0]!.at).toBe(15_000)
  expect(withSample(samples, { at: 30_000, sent: 20 * MIB })).toEqual(samples)
  const back = { at: 30_000, sent: MIB }
  expect(withSample(samples, back)).toEqual([back])
})

test('the time that is left never jumps to nothing while bytes may still be on their way', () => {
  expect(remainingS(steady, 20 * MIB, 20_000)).toBe(1)
  expect(remainingS(steady, 20 * MIB + 1, 20_000)).toBe(1)
})
