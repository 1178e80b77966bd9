import { expect, test } from 'vitest'
import { uuidV7 } from './uuid'

test('an op id is a version 7 UUID with its instant', () => {
  const id = uuidV7(Date.UTC(2100, 0, 1))
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2100, 0, 1))
})

test('ids of one tab sort by creation, within a millisecond and when the clock goes back', () => {
  const now = Date.UTC(2101, 0, 1)
  const ids = Array.from({ length: 10_000 }, (_, index) => uuidV7(index === 5_000 ? now - 86_400_000 : now))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
