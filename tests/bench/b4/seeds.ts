/** Runs a range of seeds in a process and on a backend of its own; prints one JSON object. */
import 'fake-indexeddb/auto'
import { db } from '@/data/db'
import { registerKinds } from '@/domain/kinds'
import { kind } from '@/features/propuestas/kind'
import { makeMortal } from '@/sync/testing/crash'
import { readOpenCampaign, validSubmission } from '../../e2e/api'
import { startBackend } from '../support/backend'
import { seeded } from '../support/faults'
import { bench, type Bench } from '../support/run'
import type { World } from './author'
import { judge, NONE, sum, type Counts } from './judge'
import { Simulation } from './simulation'
import { SharedWriter } from './writer'

const STEPS = 20

registerKinds([kind]) // `features/kinds.ts` finds the kinds with a Vite feature that Node lacks

/**
 * `--sabotage` empties outbox and base without the engine's knowledge, to prove that the judge finds something.
 */
async function sabotage(): Promise<void> {
  if (!process.argv.includes('--sabotage')) return
  await db.outbox.clear()
  await db.base.clear()
}

async function simulate(world: World, seed: number): Promise<Counts> {
  await Promise.all(db.tables.map((table) => table.clear()))
  const random = seeded(seed)
  const writer = new SharedWriter(world.owner, world.campaign.id)
  const simulation = new Simulation(world, writer, random)
  const steps = 1 + Math.floor(random() * STEPS)
  for (let step = 0; step < steps; step += 1) await simulation.step()
  await sabotage()
  await simulation.finish()
  const counts = await judge(simulation, world.owner)
  await writer.clean()
  return counts
}

async function work(the: Bench) {
  const [from, count] = [Number(the.option('from')), Number(the.option('count'))]
  const { origin, database } = await startBackend(the)
  const campaign = await readOpenCampaign(database)
  const payload = validSubmission(campaign, 'Propongo que las minutas se publiquen el mismo día.')
  const world: World = { origin, owner: database, campaign, payload }
  makeMortal()
  const all: Counts[] = []
  const bad: number[] = []
  for (let seed = from; seed < from + count; seed += 1) {
    const counts = await simulate(world, seed)
    all.push(counts)
    if (Object.values(counts).some((n) => n > 0)) bad.push(seed)
    if (all.length % 25 === 0) the.say(`${all.length} of ${count} seeds`)
  }
  return { ours: all.length ? sum(all) : NONE, peers: {}, ratio: {}, runs: all.length, bad_seeds: bad }
}

await bench('B4 seeds', work, { needsPeers: false })
