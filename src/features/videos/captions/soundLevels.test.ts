import { expect, test } from 'vitest'
import { levelsOf } from './soundLevels'

test('the levels of a sound are one for each fiftieth of a second, of all its channels together', () => {
  const [half, silence] = [new Float32Array(160).fill(0.5), new Float32Array(160)]
  const left = Float32Array.from([...half, ...silence])
  const levels = levelsOf([left, left], 8_000)
  expect(levels.map(Math.round)).toEqual([-6, -96])
  expect(Math.round(levelsOf([left, new Float32Array(320)], 8_000)[0]!)).toBe(-12)
  expect(levelsOf([], 8_000)).toEqual([])
})
