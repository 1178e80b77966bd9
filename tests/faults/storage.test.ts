/** Named cases of faults of the phone's disk, against the real functions. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ask, effectsOf, unsentOps, saveProposal, sendProposal } from './citizen'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { BREAKAGES, ERRORS } from './breakages'
import { World } from './world'

let world: World
let phone: FaultyPhone
beforeAll(async () => {
  world = await World.open()
  phone = await openPhone(world)
})
afterAll(() => world.close())
beforeEach(() => phone.wipe())

const kept = async () => [
  await phone.db.outbox.count(),
  await phone.db.overlay.count(),
  await phone.db.items.count(),
]

test('a disk that is full while saving stores no part of the op, and the app reports it', async () => {
  for (const after of [0, 1, 2]) {
    phone.breakAfter(after, ERRORS.quota)
    await expect(saveProposal(world, phone)).rejects.toMatchObject({ code: 'storage_full' })
    expect(await kept()).toEqual([0, 0, 0])
  }
})

test.each(BREAKAGES)(
  'a disk that fails (%s) at each step of a cycle causes a repetition and loses no op',
  async (how) => {
    let [after, isCut] = [0, true]
    for (; isCut; after += 1) {
      await phone.wipe()
      const proposal = await saveProposal(world, phone)
      phone.breakAfter(after, ERRORS[how])
      if (how === 'closed') phone.loseConnection()
      isCut = await phone.run()
      await phone.settle()
      expect(await unsentOps(phone), `after ${after}`).toEqual([])
      expect(await effectsOf(world, proposal), `after ${after}`).toEqual(['received'])
    }
    expect(after, 'places to fail').toBeGreaterThan(30)
  },
)

test('a save cut off at any of its writes is complete or absent, and a committed one is shown and sent', async () => {
  let [after, untold, isCut] = [0, 0, true]
  for (; isCut; after += 1) {
    await phone.wipe()
    phone.dieAfter(after)
    isCut = await saveProposal(world, phone).then(
      () => false,
      () => true,
    )
    phone.reboot()
    const views = await phone.views()
    expect(await kept(), `after ${after}`).toEqual(Array(3).fill(views.length))
    if (!isCut) expect(views).toHaveLength(1)
    if (!isCut || views.length === 0) continue
    untold += 1
    expect(views[0]).toMatchObject({ chip: 'unsent', pending: [{ state: 'queued' }] })
    await phone.settle()
    expect(await effectsOf(world, { id: views[0]!.id, secret: '', op_id: '' })).toEqual(['received'])
  }
  expect(after).toBeGreaterThan(3)
  expect(untold, 'died between commit and answer').toBe(1)
})

test('a connection to the storage that was lost is opened again', async () => {
  phone.loseConnection()
  const proposal = await saveProposal(world, phone)
  phone.loseConnection()
  await phone.settle()
  expect(await effectsOf(world, proposal)).toEqual(['received'])
})

test('a phone whose data were all evicted duplicates nothing, and its private link restores the submission', async () => {
  const proposal = await sendProposal(world, phone)
  await ask(proposal, phone, 'submission.withdraw')
  await phone.evict()
  await phone.run()
  expect(await phone.views()).toEqual([])
  expect(await effectsOf(world, proposal)).toEqual(['received'])
  await phone.keepLink(proposal.id, proposal.secret)
  await phone.run()
  expect((await phone.views())[0]).toMatchObject({ id: proposal.id, chip: 'received' })
})
