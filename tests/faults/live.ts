/** A history from its first step to its reckoning. */
import fc from 'fast-check'
import type { FaultyPhone } from './faultyPhone'
import { History } from './history'
import type { Findings } from './ledger'
import { openPhone } from './openPhone'
import { step, type Step } from './steps'
import type { World } from './world'

export const histories = fc.array(step, { minLength: 1, maxLength: 30, size: 'max' })

export interface Stage {
  world: World
  /** 0 and 1 are one person's, 2 is somebody else's, 3 the staff's. */
  phones: FaultyPhone[]
}

export async function openPhones(world: World): Promise<FaultyPhone[]> {
  const phones: FaultyPhone[] = []
  for (let seed = 1; seed <= 4; seed += 1) phones.push(await openPhone(world, seed))
  return phones
}

/** Everything found at the end, or the error of what did not hold on the way. */
export async function live({ world, phones }: Stage, steps: Step[]): Promise<Findings> {
  const history = new History(world, phones)
  try {
    await history.begin()
    for (const one of steps) await history.run(one)
    return await history.finish()
  } finally {
    await history.end()
  }
}
