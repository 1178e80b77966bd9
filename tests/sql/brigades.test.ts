import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectBrigades } from '../support/brigadeRuns'
import { createTestDatabase, type TestDatabase } from '../support/database'

let db: TestDatabase
beforeAll(async () => void (db = await createTestDatabase()))
afterAll(() => db.drop())

test('whatever two phones suffer, each person’s proposal becomes one', async () => {
  const { hand, both, killed } = await expectBrigades(db, { count: 30, seed: 20261130 })
  expect(Math.min(hand!, both!, killed!)).toBeGreaterThan(0)
})
