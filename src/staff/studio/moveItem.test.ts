import { expect, test } from 'vitest'
import { moveItem } from './moveItem'

test.each([
  [0, 1, 'bac'],
  [2, -1, 'acb'],
  [0, 2, 'bca'],
  [0, -1, 'abc'],
  [2, 1, 'abc'],
])('the item at %i moved by %i gives %s', (place, by, expected) =>
  expect(moveItem([...'abc'], place, by).join('')).toBe(expected),
)
