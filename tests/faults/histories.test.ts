/**
 * Seeded histories of the real engine against the real functions. Each ends in fair connectivity and is
 * reckoned up; what breaks a promise is shrunk and printed with its seed.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nothingFound, type Findings } from './ledger'
import { histories, live, openPhones, type Stage } from './live'
import type { Step } from './steps'
import { World } from './world'

const RUNS = Number(process.env['FAULT_SEEDS'] ?? 50)
const SEED = Number(process.env['FAULT_SEED'] ?? Date.now() % 2 ** 31)
const PATH = process.env['FAULT_PATH']

let stage: Stage
beforeAll(async () => {
  const world = await World.open()
  stage = { world, phones: await openPhones(world), tally: {} }
})
afterAll(() => stage.world.close())

async function expectClean(steps: Step[], add?: (found: Findings) => void): Promise<void> {
  const found = await live(stage, steps)
  add?.(found)
  const words = Object.entries(found).flatMap(([count, what]) => what.map((one) => `${count}: ${one}`))
  expect(words.join('; ')).toBe('')
}

test('no history of faults loses, doubles, misses, strands or falsifies anything', async () => {
  const totals = nothingFound()
  let runs = 0
  let hasFailed = false
  const add = (found: Findings) => {
    for (const [count, what] of Object.entries(found)) totals[count as keyof Findings].push(...what)
  }
  try {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        if (hasFailed) return expectClean(steps) // shrinking
        runs += 1
        await expectClean(steps, add).catch((error: Error) => {
          hasFailed = true
          console.error(
            `faults: history ${runs} of seed ${SEED} failed, it is being shrunk: ${error.message}`,
          )
          throw error
        })
      }),
      { numRuns: RUNS, seed: SEED, ...(PATH && { path: PATH }) },
    )
  } finally {
    const counts = Object.entries(totals).map(([count, what]) => `${count} ${what.length}`)
    const ops = Object.entries(stage.tally).map(([outcome, count]) => `${count} ${outcome}`)
    console.info(`faults: ${runs} histories from seed ${SEED} with ops ${ops.join(', ')}`)
    console.info(`faults: ${counts.join(', ')}`)
  }
}, 3_600_000)
