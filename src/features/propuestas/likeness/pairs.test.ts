/** The labelled pairs are what the benchmark says of them: enough, and in other words. */
import { expect, test } from 'vitest'
import { contentWords, stemOf } from './stems'
import { halfOf, judge, readPairs } from '../../../../tests/bench/likeness/pairs'

/** The most content words that two texts of a pair may share, of the shorter one's. */
const MOST_SHARED = 0.4

function sharedWords(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => new Set(contentWords(text).map(stemOf))) as [
    Set<string>,
    Set<string>,
  ]
  return [...one].filter((stem) => other.has(stem)).length / Math.min(one.size, other.size)
}

test.each(['tuning', 'heldout'] as const)(
  '%s.json has pairs that ask for the same in other words',
  (name) => {
    const pairs = readPairs(name)
    const labelled = pairs.filter(({ b }) => b !== undefined)
    expect(labelled.length).toBeGreaterThanOrEqual(150)
    expect(new Set(pairs.map(({ id }) => id)).size).toBe(pairs.length)
    expect(labelled.filter(({ a, b }) => sharedWords(a, b!) > MOST_SHARED).map(({ id }) => id)).toEqual([])
  },
)

test('a partner counts among the first three, and what is shown and is no partner against the precision', () => {
  const half = halfOf([
    { id: '1', theme: 't', a: 'a', b: 'b' },
    { id: '2', theme: 't', a: 'c' },
  ])
  const shown = (...places: number[]) => places.map((place) => ({ place, isShown: true }))
  expect(judge(half, [shown(1, 2), shown(2), shown(0)])).toEqual({
    recall_at_3: 0.5,
    precision: 0.333,
    recall_shown: 0.5,
    shown_without_partner: 1,
  })
})
