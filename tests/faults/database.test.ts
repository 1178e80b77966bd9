/** Named cases of faults in the database, against the real engine. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OpKind } from '@/domain/ops'
import { withClient } from '../../supabase/local/database'
import * as fx from '../sql/fixtures'
import { ask, effectsOf, unsentOps, saveProposal, sendProposal, type Proposal } from './citizen'
import { Desk } from './desk'
import type { FaultyPhone } from './faultyPhone'
import { openPhone } from './openPhone'
import { World } from './world'

let world: World
let desk: Desk
let phone: FaultyPhone
beforeAll(async () => {
  world = await World.open()
  phone = await openPhone(world, 1)
})
afterAll(() => world.close())
afterEach(async () => {
  await desk.endAll()
  await desk.tidy()
})
beforeEach(async () => {
  desk = new Desk(world)
  await phone.wipe()
})

const publicIds = async (entity: string) =>
  (await phone.db.base.where('[scope+entity]').equals(['public', entity]).toArray()).map(({ id }) => id)

test('a change that commits below the cursor is not skipped', async () => {
  await phone.run()
  const before = await publicIds('insumo')
  await desk.beginWriter()
  await sendProposal(world, phone)
  await phone.run()
  expect(await publicIds('insumo')).toEqual(before)
  await desk.endWriter('commit')
  await phone.run()
  expect(await publicIds('insumo')).toHaveLength(before.length + 1)
})

test('under a long transaction a verdict’s row stays on the screen, and the age of the watermark is known', async () => {
  const proposal = await sendProposal(world, phone)
  await desk.beginWriter()
  await ask(proposal, phone, 'submission.withdraw')
  await phone.run()
  await world.sql(`update app.change_log set at = at - interval '40 seconds'`)
  await phone.run()
  expect((await phone.views())[0]).toMatchObject({ chip: 'withdrawn', pending: [] })
  expect(await phone.db.overlay.count(), 'the base cannot tell it yet').toBe(1)
  expect((await phone.db.meta.get('pulled'))?.value).toMatchObject({
    watermark_age: expect.toSatisfy((s) => s > 30),
  })
  await desk.endWriter('commit')
  await phone.run()
  expect((await phone.views())[0]).toMatchObject({ chip: 'withdrawn' })
  expect(await phone.db.overlay.count()).toBe(0)
})

const versionOf = async () => (await phone.views())[0]!.row?.version

/** Corrects a submission, based on the version that the phone shows. */
const correct = async ({ id: entity_id, secret }: Proposal) => {
  const { body, part_id, helps } = await fx.propuesta(world.database)
  const payload = { body, part_id, helps }
  const expected_version = await versionOf()
  return phone.ask({ kind: 'propuesta.correct', entity_id, payload, secret, expected_version })
}

const ENDS: [how: string, end: (one: Proposal, opId: string) => Promise<unknown>][] = [
  ['sent again', ({ id }) => phone.resend(id)],
  ['reopened', ({ id }) => phone.reopen(id)],
  ['dropped', (_, opId) => phone.discard(opId)],
]

test.each(ENDS)(
  'under a long transaction the screen keeps the row of a conflict when its op is %s',
  async (_, end) => {
    const proposal = await sendProposal(world, phone)
    await desk.beginWriter()
    await desk.decide(proposal.id, 'request_correction')
    const opId = await correct(proposal)
    await phone.run()
    expect(await unsentOps(phone)).toEqual(['needs_person conflict'])
    expect(await versionOf()).toBe(2)
    await end(proposal, opId)
    expect(await versionOf()).toBe(2)
    await desk.endWriter('commit')
    await phone.run()
    expect(await versionOf()).toBeGreaterThanOrEqual(2)
    expect(await phone.db.overlay.count()).toBe(0)
  },
)

test('under a long transaction the screen keeps the row that a repeated verdict brought', async () => {
  const proposal = await sendProposal(world, phone)
  await desk.decide(proposal.id, 'request_correction')
  await phone.run()
  await correct(proposal)
  await phone.run(['ok', 'stall_after'])
  expect(await unsentOps(phone)).toEqual(['retry_wait timeout'])
  expect(await versionOf(), 'a pull brought the version of the lost verdict').toBe(3)
  await desk.beginWriter()
  await desk.decide(proposal.id, 'accept')
  await phone.cycle({ hurry: 'person', reach: 'none' })
  expect(await unsentOps(phone)).toEqual([])
  expect(await versionOf()).toBe(4)
  await phone.run()
  expect(await versionOf()).toBe(4)
  await desk.endWriter('commit')
  await phone.run()
  expect(await versionOf()).toBe(4)
  expect(await phone.db.overlay.count()).toBe(0)
})

const adminUrl = () => Object.assign(new URL(world.database.url), { username: 'supabase_admin' }).href
const asAdmin = (sql: string) => withClient(adminUrl(), (client) => client.query(sql))

const untilSomebodyWaits = async () => {
  const waits = () => world.sql('select from pg_locks where not granted')
  for (let tries = 0; tries < 1_000 && (await waits()).length === 0; tries += 1);
}

test('an op that a deadlock aborts in a batch is retried, and the other ops of the batch are applied', async () => {
  const [first, second] = [await sendProposal(world, phone), await sendProposal(world, phone)]
  for (const one of [first, second]) await ask(one, phone, 'submission.withdraw')
  // The phone's transaction must be the first to look for a deadlock.
  await asAdmin(`alter function public.apply_ops(json) set lock_timeout = '2s'`)
  await world.lookForDeadlocksAfter('500ms')
  await withClient(adminUrl(), async (holder) => {
    const lock = 'select from app.submissions where id = $1 for update'
    await holder.query(`set deadlock_timeout = '1min'`)
    await holder.query('begin')
    await holder.query(lock, [second.id])
    const running = phone.run()
    await untilSomebodyWaits()
    await holder.query(lock, [first.id])
    await holder.query('rollback')
    await running
  })
  await asAdmin(`alter function public.apply_ops(json) set lock_timeout = '150ms'`)
  await world.lookForDeadlocksAfter('20ms')
  expect(await unsentOps(phone)).toEqual(['retry_wait busy'])
  expect(await effectsOf(world, first)).toEqual(['received', 'withdrawn'])
  await phone.settle()
  expect(await unsentOps(phone)).toEqual([])
  expect(await effectsOf(world, second)).toEqual(['received', 'withdrawn'])
})

test('a lock timeout inside a batch postpones only its op', async () => {
  const [held, free] = [await sendProposal(world, phone), await sendProposal(world, phone)]
  for (const one of [held, free]) await ask(one, phone, 'submission.withdraw')
  await desk.lock(held.id)
  await phone.run()
  expect(await unsentOps(phone)).toEqual(['retry_wait busy'])
  expect(await effectsOf(world, free)).toEqual(['received', 'withdrawn'])
  await desk.unlock()
  await phone.settle()
  expect(await effectsOf(world, held)).toEqual(['received', 'withdrawn'])
})

/** The statement timeout of the role, in a cluster that only this suite uses. */
const limitStatements = (limit: string) => asAdmin(`alter role anon set statement_timeout = '${limit}'`)

test('a statement timeout takes the whole batch without a receipt, and halved batches apply every op except the slow one', async () => {
  await world.sql(`create function app.doze(app.op) returns void language sql as 'select pg_sleep(5)'`)
  await world.sql(`insert into app.op_kinds values ('test.doze', 'citizen', 'doze')`)
  const proposals = [await sendProposal(world, phone)]
  await ask(proposals[0]!, phone, 'test.doze' as OpKind)
  for (let count = 0; count < 5; count += 1) proposals.push(await saveProposal(world, phone))
  await limitStatements('400ms')
  try {
    await phone.run()
    expect(await unsentOps(phone)).toHaveLength(6)
    await phone.settle(12)
    expect(await unsentOps(phone)).toEqual(['retry_wait server'])
    for (const proposal of proposals) expect(await effectsOf(world, proposal)).toEqual(['received'])
  } finally {
    await limitStatements('3s')
  }
  await world.sql(`create or replace function app.doze(app.op) returns void language sql as ''`)
  await phone.settle()
  expect(await unsentOps(phone)).toEqual([])
})

test('a server that restarts in the middle of a drain loses and duplicates nothing', async () => {
  const held = await sendProposal(world, phone)
  await desk.lock(held.id) // so that the call is still running when Postgres goes down
  await ask(held, phone, 'submission.withdraw')
  const proposals = await Promise.all(Array.from({ length: 6 }, () => saveProposal(world, phone)))
  world.interferences = [() => world.goDown()]
  await phone.run()
  expect(new Set(await unsentOps(phone))).toEqual(new Set(['retry_wait server']))
  expect(await unsentOps(phone)).toHaveLength(7)
  await desk.unlock()
  await phone.settle(2)
  await world.comeUp()
  world.interferences = ['restart', 'cancel', 'restart']
  await phone.settle()
  expect(await unsentOps(phone)).toEqual([])
  for (const proposal of proposals) expect(await effectsOf(world, proposal)).toEqual(['received'])
  expect(await effectsOf(world, held)).toEqual(['received', 'withdrawn'])
})
