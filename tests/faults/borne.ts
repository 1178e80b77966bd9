/** Two promises of the engine as properties, for the named cases and for the proofs that they can fail. */
import { expect } from 'vitest'
import { effectsOf, left, write, written } from './citizen'
import { Desk } from './desk'
import type { FaultyPhone } from './faultyPhone'
import type { World } from './world'

/** Two hours without a server: nothing is lost or refused, and it is asked now and then, ever less often. */
export async function expectStormBorne(world: World, phone: FaultyPhone): Promise<void> {
  const proposals = [await write(world, phone), await write(world, phone), await write(world, phone)]
  const before = phone.network.batches.length
  const minutes = 120
  for (let minute = 0; minute < minutes; minute += 1) {
    phone.clock += 59_000
    await phone.run([minute % 2 ? '500' : '503', '503'])
  }
  const calls = phone.network.batches.length - before
  expect(calls).toBeGreaterThan(minutes / 10)
  expect(calls).toBeLessThan(minutes)
  expect(await left(phone)).toEqual(Array(3).fill('retry_wait server'))
  await phone.settle()
  for (const proposal of proposals) expect(await effectsOf(world, proposal)).toEqual(['received'])
}

/** A tab frozen with a page on its way wakes up when another has read a newer one: that one stays. */
export async function expectNewestKept(world: World, phone: FaultyPhone): Promise<void> {
  const { id, secret } = await written(world, phone)
  await phone.evict() // so that a page brings everything
  await phone.keepLink(id, secret)
  await phone.freeze('ok', 'answer', () => new Desk(world).decide(id, 'accept'))
  expect((await phone.views())[0]!.row, 'not the page from before').toMatchObject({ id, state: 'accepted' })
}
