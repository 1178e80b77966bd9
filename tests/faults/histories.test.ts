/**
 * Seeded histories of the real engine against the real functions. Each ends in fair connectivity and is
 * reckoned up; what breaks a promise is shrunk and printed with its seed.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FaultyPhone } from './faultyPhone'
import { History } from './history'
import type { Findings } from './ledger'
import { openPhone } from './openPhone'
import { step, type Step } from './steps'
import { World } from './world'

const RUNS = Number(process.env['FAULT_SEEDS'] ?? 50)

let world: World
let phones: FaultyPhone[]
beforeAll(async () => {
  world = await World.open()
  phones = []
  for (let index = 0; index < 4; index += 1) phones.push(await openPhone(world, index + 1))
})
afterAll(() => world.close())

async function live(steps: Step[]): Promise<Findings> {
  const history = new History(world, phones)
  try {
    await history.begin()
    for (const one of steps) await history.run(one)
    return await history.finish()
  } finally {
    await history.end()
  }
}

test(`no history of faults loses, doubles, misses, strands or falsifies anything`, async () => {
  const histories = fc.array(step, { minLength: 1, maxLength: 25 })
  const started = performance.now()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      runs += 1
      const found = await live(steps)
      expect(found).toEqual({ lost: [], duplicate: [], missed: [], stuck: [], divergent: [] })
    }),
    { numRuns: RUNS },
  )
  console.info(`${runs} histories, ${Math.round(performance.now() - started)} ms`)
}, 3_600_000)
