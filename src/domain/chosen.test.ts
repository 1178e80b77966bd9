import { expect, test } from 'vitest'
import { choosing } from './chosen'

test('a checkbox adds its own once and last, and takes only its own away', () => {
  expect(choosing(['a'], 'b', true)).toEqual(['a', 'b'])
  expect(choosing(['a', 'b'], 'a', true)).toEqual(['b', 'a'])
  expect(choosing(['a', 'b'], 'a', false)).toEqual(['b'])
  expect(choosing(['a'], 'b', false)).toEqual(['a'])
})
