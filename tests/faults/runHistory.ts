/** Runs a history from its first step to its findings. */
import fc from 'fast-check'
import type { FaultyPhone } from './faultyPhone'
import { History } from './history'
import type { Findings } from './ledger'
import { openPhone } from './openPhone'
import type { Tally } from './promiseCheck'
import { step, type Step } from './steps'
import type { World } from './world'

/** Two received proposals on both phones of their author, so that the steps have something to act on. */
const PRELUDE: Step[] = [
  { do: 'submit', phone: 0, special: 'fine' },
  { do: 'submit', phone: 0, special: 'fine' },
  { do: 'cycle', phone: 0, faults: [], interference: null },
  { do: 'share', phone: 1, entity: 0 },
  { do: 'share', phone: 1, entity: 1 },
  { do: 'cycle', phone: 1, faults: [], interference: null },
]

export const histories = fc
  .array(step, { minLength: 1, maxLength: 60, size: 'max' })
  .map((steps) => [...PRELUDE, ...steps])

export interface Stage {
  world: World
  /** 0 and 1 belong to one person, 2 to another person, 3 to the staff. */
  phones: FaultyPhone[]
  tally: Tally
}

export async function openPhones(world: World, prepare = () => {}): Promise<FaultyPhone[]> {
  const phones: FaultyPhone[] = []
  for (let seed = 1; seed <= 4; seed += 1) {
    prepare()
    phones.push(await openPhone(world, seed))
  }
  return phones
}

/** Runs the steps and returns the findings. Throws the first assertion that failed on the way. */
export async function runHistory({ world, phones, tally }: Stage, steps: Step[]): Promise<Findings> {
  const history = new History(world, phones, tally)
  try {
    await history.begin()
    for (const one of steps) await history.run(one)
    return await history.finish()
  } finally {
    await history.end()
  }
}
