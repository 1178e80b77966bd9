import { expect, test } from 'vitest'
import { newSecret } from './secret'

test('128 bits in 22 characters that fit in a fragment', () => {
  for (let round = 0; round < 100; round += 1) expect(newSecret()).toMatch(/^[A-Za-z0-9_-]{22}$/u)
  expect(newSecret()).not.toBe(newSecret())
})

test('is base64url of the bytes it was given', () => {
  const ones = {
    getRandomValues: <T extends ArrayBufferView | null>(array: T): T => {
      if (array instanceof Uint8Array) array.fill(255)
      return array
    },
  }
  expect(newSecret(ones)).toBe('_____________________w')
})
