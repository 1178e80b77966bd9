/** Two promises of the engine as checks, shared by the named cases and the sabotage tests. */
import { expect } from 'vitest'
import { effectsOf, unsentOps, saveProposal, sendProposal } from './citizen'
import { Desk } from './desk'
import type { FaultyPhone } from './faultyPhone'
import type { World } from './world'

/** During two hours of errors nothing is lost or refused, and the phone retries at a bounded rate. */
export async function expectStormSurvived(world: World, phone: FaultyPhone): Promise<void> {
  const proposals = [
    await saveProposal(world, phone),
    await saveProposal(world, phone),
    await saveProposal(world, phone),
  ]
  const before = phone.network.batches.length
  const minutes = 120
  for (let minute = 0; minute < minutes; minute += 1) {
    phone.clock += 59_000
    await phone.run([minute % 2 ? '500' : '503', '503'])
  }
  const calls = phone.network.batches.length - before
  expect(calls).toBeGreaterThan(minutes / 10)
  expect(calls).toBeLessThan(minutes)
  expect(await unsentOps(phone)).toEqual(Array(3).fill('retry_wait server'))
  await phone.settle()
  for (const proposal of proposals) expect(await effectsOf(world, proposal)).toEqual(['received'])
}

/** A tab that was frozen with a page in flight does not overwrite a newer page that another tab has stored. */
export async function expectNewestKept(world: World, phone: FaultyPhone): Promise<void> {
  const { id, secret } = await sendProposal(world, phone)
  await phone.evict() // so that the next page contains every row
  await phone.keepLink(id, secret)
  await phone.freeze('ok', 'answer', () => new Desk(world).decide(id, 'accept'))
  expect((await phone.views())[0]!.row, 'not the page from before').toMatchObject({ id, state: 'accepted' })
}
