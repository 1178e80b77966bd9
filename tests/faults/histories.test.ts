/**
 * Seeded histories of the real engine against the real functions. Each ends in fair connectivity and is checked
 * against the promises; a history that breaks one is shrunk and printed with its seed.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runs, SEED } from '@/sync/testing/seed'
import { nothingFound, type Findings } from './ledger'
import { histories, runHistory, openPhones, type Stage } from './runHistory'
import type { Step } from './steps'
import { World } from './world'

const PATH = process.env['FAULT_PATH']

let stage: Stage
beforeAll(async () => {
  const world = await World.open()
  stage = { world, phones: await openPhones(world), tally: {} }
})
afterAll(() => stage.world.close())

/** The findings of a history, and the assertions that failed on its way. */
type Totals = Findings & { broken: string[] }

async function expectClean(steps: Step[], add?: (found: Partial<Totals>) => void): Promise<void> {
  const found = await runHistory(stage, steps).catch((error: Error) => {
    add?.({ broken: [error.message] })
    throw error
  })
  add?.(found)
  const words = Object.entries(found).flatMap(([count, what]) => what.map((one) => `${count}: ${one}`))
  if (words.length > 0) throw new Error(words.join('; ')) // a matcher would truncate the list
}

test('no history of faults loses, duplicates, misses, blocks or falsifies anything', async () => {
  const totals: Totals = { ...nothingFound(), broken: [] }
  let lived = 0
  let hasFailed = false
  const add = (found: Partial<Totals>) => {
    for (const [count, what] of Object.entries(found)) totals[count as keyof Totals].push(...what)
  }
  try {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        if (hasFailed) return expectClean(steps) // shrinking
        lived += 1
        await expectClean(steps, add).catch((error: Error) => {
          hasFailed = true
          console.error(
            `faults: history ${lived} of seed ${SEED} failed, it is being shrunk: ${error.message}`,
          )
          throw error
        })
      }),
      { numRuns: runs(50), seed: SEED, ...(PATH && { path: PATH }) },
    )
  } finally {
    const counts = Object.entries(totals).map(([count, what]) => `${count} ${what.length}`)
    const ops = Object.entries(stage.tally).map(([outcome, count]) => `${count} ${outcome}`)
    console.info(`faults: ${lived} histories from seed ${SEED} with ops ${ops.join(', ')}`)
    console.info(`faults: ${counts.join(', ')}`)
  }
  expect(stage.tally['applied'], 'a suite whose ops are all refused proves nothing').toBeGreaterThan(lived)
}, 3_600_000)
