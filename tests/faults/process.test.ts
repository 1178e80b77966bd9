/** Named cases of processes that die, freeze or compete, against the real functions. */
import { IDBFactory } from 'fake-indexeddb'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { FAULTS } from '@/sync/testing/fakeNetwork'
import { ask, effectsOf, unsentOps, saveProposal, sendProposal, type Proposal } from './citizen'
import { expectNewestKept } from './engineChecks'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { World } from './world'

let world: World
let phone: FaultyPhone
const disk = new IDBFactory()
beforeAll(async () => {
  world = await World.open()
  phone = await openPhone(world, 1, disk)
})
afterAll(() => world.close())
beforeEach(() => phone.wipe())

test('a phone killed at every single database call of a cycle sends each op once', async () => {
  let [after, isDying] = [0, true]
  for (; isDying; after += 1) {
    await phone.wipe()
    const proposal = await saveProposal(world, phone)
    phone.dieAfter(after)
    isDying = await phone.run()
    await phone.settle()
    expect(await unsentOps(phone), `after ${after}`).toEqual([])
    expect(await effectsOf(world, proposal), `after ${after}`).toEqual(['received'])
    expect((await phone.views())[0], `after ${after}`).toMatchObject({ chip: 'received', pending: [] })
  }
  expect(after, 'places to die').toBeGreaterThan(30)
})

test.each(['killed_before', 'killed_after'] as const)(
  'a page finishes the batch of a worker %s the commit',
  async (fault) => {
    const proposal = await saveProposal(world, phone)
    phone.network.plan = [fault]
    await phone.sendInBackground()
    phone.reboot()
    expect(await unsentOps(phone)).toEqual(['sending null'])
    await phone.run()
    expect(await unsentOps(phone)).toEqual([])
    expect(await effectsOf(world, proposal)).toEqual(['received'])
  },
)

test.each(['locks of their own', 'no locks at all'])(
  'two processes with %s claim to lead, and each op has one effect',
  async (locks) => {
    const other = await openPhone(world, 2, disk)
    if (locks === 'no locks at all') for (const one of [phone, other]) Object.assign(one, { locks: null })
    const proposals: Proposal[] = []
    for (let round = 0; round < 8; round += 1) {
      proposals.push(await saveProposal(world, round % 2 ? phone : other))
      for (const one of [phone, other]) one.clock += 600_000
      await Promise.all([phone.cycle(), other.cycle()])
    }
    other.reboot()
    phone.reboot()
    other.db.close()
    phone.clock += 600_000
    await phone.settle()
    expect(await unsentOps(phone)).toEqual([])
    for (const proposal of proposals) expect(await effectsOf(world, proposal)).toEqual(['received'])
  },
)

const alive = FAULTS.filter((fault) => !fault.startsWith('killed'))
test.each(alive)(
  'a leader frozen with a call on its way (%s) wakes up stale and harms nothing',
  async (fault) => {
    const proposal = await sendProposal(world, phone)
    for (const place of ['request', 'answer'] as const) {
      const kind = place === 'request' ? 'submission.withdraw' : 'submission.undo_withdraw'
      await ask(proposal, phone, kind)
      await phone.freeze(fault, place)
    }
    await phone.settle()
    expect(await unsentOps(phone)).toEqual([])
    expect(await effectsOf(world, proposal)).toEqual(['received', 'withdrawn', 'withdrawal_undone'])
    expect((await phone.views())[0]).toMatchObject({ chip: 'received' })
  },
)

test('a leader frozen with a page on its way does not overwrite a newer page', () =>
  expectNewestKept(world, phone))

/** Opens the database as an old tab that neither works nor closes its connection. */
const holdBack = (held: IDBFactory, stores: Record<string, IDBObjectStoreParameters>) =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const opening = held.open('convoca', 10)
    opening.addEventListener('upgradeneeded', () => {
      for (const [name, options] of Object.entries(stores)) opening.result.createObjectStore(name, options)
    })
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(opening.error as Error))
  })

test('an upgrade blocked by an old tab is reported and continues when that tab closes', async () => {
  const held = new IDBFactory()
  const old = await holdBack(held, { meta: { keyPath: 'key' } })
  const newer = await openPhone(world, 3, held)
  const told = new Promise((resolve) => newer.onTrouble(resolve))
  const opening = newer.db.open()
  expect(await told).toBe('blocked')
  old.close()
  await opening
  const proposal = await saveProposal(world, newer)
  await newer.settle()
  expect(await effectsOf(world, proposal)).toEqual(['received'])
})
