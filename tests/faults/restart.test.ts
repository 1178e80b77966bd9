/** Named case: Postgres is killed while it serves a phone, and starts again from its disk. */
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, effectsOf, unsentOps, saveProposal, sendProposal } from './citizen'
import { Cluster } from './cluster'
import { Desk } from './desk'
import { openPhone } from './openPhone'

let cluster: Cluster
beforeEach(async () => {
  cluster = await Cluster.make(true)
})
afterEach(() => cluster.destroy())

const untilSomebodyWaits = async () => {
  while ((await cluster.world.sql('select from pg_locks where not granted')).length === 0) await wait(2)
}

test('a server killed in the middle of a drain recovers every confirmed op, and the phone sends the rest once', async () => {
  const phone = await openPhone(cluster)
  const [before, held] = [await sendProposal(cluster.world, phone), await sendProposal(cluster.world, phone)]
  await ask(held, phone, 'submission.withdraw')
  const waiting = [await saveProposal(cluster.world, phone), await saveProposal(cluster.world, phone)]
  await new Desk(cluster.world).lock(held.id) // so that Postgres is killed inside the batch
  // The first call only reads the epoch.
  cluster.world.interferences = [null, () => untilSomebodyWaits().then(() => cluster.kill('first'))]
  await phone.run()
  expect(await unsentOps(phone)).toEqual(Array(3).fill('retry_wait server'))
  await cluster.run('first')
  for (const one of [before, held]) expect(await effectsOf(cluster.world, one)).toEqual(['received'])
  for (const one of waiting) expect(await effectsOf(cluster.world, one), 'not half').toEqual([])
  await phone.settle()
  expect(await unsentOps(phone)).toEqual([])
  expect(await effectsOf(cluster.world, held)).toEqual(['received', 'withdrawn'])
  for (const one of [before, ...waiting]) expect(await effectsOf(cluster.world, one)).toEqual(['received'])
  for (const view of await phone.views()) expect(view.pending).toEqual([])
})
