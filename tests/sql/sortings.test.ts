import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { expectSortings } from '../support/sortingRuns'

let db: TestDatabase
beforeAll(async () => void (db = await createTestDatabase()))
afterAll(() => db.drop())

test('nothing is lost and nothing doubled, whatever two analysts do', async () => {
  const { merge, split, race } = await expectSortings(db, { count: 30, seed: 20261129 })
  expect(Math.min(merge!, split!, race!)).toBeGreaterThan(0)
})
