import { expect, test } from 'vitest'
import { newSecret } from './secret'

test('a secret has 22 characters that are safe in a URL fragment', () => {
  for (let round = 0; round < 100; round += 1) expect(newSecret()).toMatch(/^[A-Za-z0-9_-]{22}$/u)
  expect(newSecret()).not.toBe(newSecret())
})

test('a secret is the base64url of its random bytes', () => {
  const ones = {
    getRandomValues: <T extends ArrayBufferView | null>(array: T): T => {
      if (array instanceof Uint8Array) array.fill(255)
      return array
    },
  }
  expect(newSecret(ones)).toBe('_____________________w')
})
