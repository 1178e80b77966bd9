/** A consultation of many: what two analysts and two promoters do at random, as often as the issue asks. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectBrigades } from '../support/brigadeRuns'
import { createTestDatabase, type TestDatabase } from '../support/database'
import { expectSortings } from '../support/sortingRuns'
import { SEED, tell } from './measure'

const RUNS = 1000

let db: TestDatabase
beforeAll(async () => void (db = await createTestDatabase()))
afterAll(() => db.drop())

/** Plays the runs, prints their figures and answers how often each step was taken. */
async function measure(name: string, expectRuns: typeof expectSortings): Promise<Record<string, number>> {
  const from = performance.now()
  const counts = await expectRuns(db, { count: RUNS, seed: SEED })
  tell(name, { runs: RUNS, seconds: Math.round((performance.now() - from) / 1000), ...counts })
  return counts
}

test('1,000 seeded runs of two analysts lose and double nothing', async () => {
  const { merge, split, race } = await measure('sortings', expectSortings)
  expect(Math.min(merge!, split!, race!)).toBeGreaterThan(100)
})

test('1,000 seeded runs of two promoters and their hand-overs lose and double nothing', async () => {
  const { capture, hand, killed } = await measure('brigades', expectBrigades)
  expect(Math.min(capture!, hand!, killed!)).toBeGreaterThan(100)
})
