/** Named cases of network faults during a call, against the real functions. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { NetworkFault, TestServer } from '@/sync/testing/fakeNetwork'
import { ask, effectsOf, unsentOps, saveProposal, sendProposal } from './citizen'
import { expectStormSurvived } from './engineChecks'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { World } from './world'

let world: World
let phone: FaultyPhone
beforeAll(async () => {
  world = await World.open()
  phone = await openPhone(world)
})
afterAll(() => world.close())
beforeEach(() => phone.wipe())

test.each<[string, NetworkFault]>([
  ['an answer lost after the commit', 'answer_lost'],
  ['a request lost', 'lost'],
  ['a delivery in duplicate', 'twice'],
  ['a captive portal’s page with status 200', 'portal'],
  ['a captive portal’s JSON with status 200', 'portal_json'],
  ['a stall before the server', 'stall'],
  ['a stall after the commit', 'stall_after'],
  ['a 500', '500'],
  ['a 503', '503'],
  ['a 429', '429'],
])('after %s the op has one effect, and its folio reaches the screen', async (_, fault) => {
  const proposal = await saveProposal(world, phone)
  await phone.run([fault])
  const [state] = await unsentOps(phone)
  expect(state ?? 'sent', 'nothing but a verdict takes it off').toMatch(
    fault === 'twice' ? /^sent/u : /^retry_wait/u,
  )
  await phone.settle()
  expect(await unsentOps(phone)).toEqual([])
  expect(await effectsOf(world, proposal)).toEqual(['received'])
  const [view] = await phone.views()
  expect(view).toMatchObject({ id: proposal.id, chip: 'received', folio: expect.stringMatching(/^PR-/u) })
})

test.each(['request', 'answer'] as const)(
  'replies reordered by a late %s have no second effect',
  async (place) => {
    const proposal = await sendProposal(world, phone)
    await ask(proposal, phone, 'submission.withdraw')
    await phone.freeze('ok', place)
    await ask(proposal, phone, 'submission.undo_withdraw')
    await phone.freeze('ok', place)
    await phone.settle()
    expect(await effectsOf(world, proposal)).toEqual(['received', 'withdrawn', 'withdrawal_undone'])
    expect((await phone.views())[0]).toMatchObject({ chip: 'received', pending: [] })
  },
)

test('an unknown host, a closed port and a failed handshake count as offline', async () => {
  const plain = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => plain.once('listening', done))
  const { port } = plain.address() as AddressInfo
  const addresses = ['http://convoca.invalid/', 'http://127.0.0.1:1/', `https://127.0.0.1:${port}/`]
  const nowhere: TestServer = { fetch: (_, init) => fetch(addresses[0]!, { ...init, signal: null }) }
  const lone = await openPhone(nowhere)
  await saveProposal(world, lone)
  while (addresses.length > 0) {
    lone.clock += 600_000
    await lone.run()
    expect(await unsentOps(lone)).toEqual(['retry_wait offline'])
    addresses.shift()
  }
  plain.close()
})

test('a storm of 500 and 503 loses and refuses nothing, and the phone retries at a bounded rate', async () => {
  await expectStormSurvived(world, phone)
})
