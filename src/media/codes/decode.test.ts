/** A few of the bad pictures of `npm run bench:codes`, by the same seed and ranges. */
import { expect, test } from 'vitest'
import { readAll } from '../../../tests/support/codes/readAll'

test('passes and constancias are read from blurred, tilted, dark, glaring, small and moiré pictures', async () => {
  const tallies = [...(await readAll(20261129, 12, { withZbar: false })).values()]
  const sum = (of: 'ours' | 'wrong' | 'pictures') => tallies.reduce((total, tally) => total + tally[of], 0)
  expect(tallies).toHaveLength(12)
  expect(sum('wrong')).toBe(0)
  expect(sum('ours')).toBeGreaterThanOrEqual(11)
})
