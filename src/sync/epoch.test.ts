import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { removeFromPhone } from '@/data/items'
import { getSubmission } from '@/data/submissions'
import { breakReading } from '@/data/testing/breakReading'
import { later, Phone, submit, wipe } from './testing/phone'
import { publicValues, publish } from './testing/publicRows'

beforeEach(wipe)

test('a new epoch rebuilds the base, keeps the outbox and sends accepted ops again', async () => {
  const phone = new Phone()
  publish(phone.server, 3)
  await submit('s1', { text: 'received' })
  await submit('s2', { text: 'lost by the restore' })
  await phone.cycle()
  await later('s1', { text: 'waiting', refuse: 'not_correctable' })
  await phone.cycle()
  phone.server.restore(['s2'])
  phone.server.publicRows.delete('p1')
  await phone.cycle({ hurry: 'no', reach: 'mine' })
  expect(await publicValues()).toEqual([0, 2])
  const outbox = await db.outbox.orderBy('seq').toArray()
  expect(outbox.map(({ entity_id, state }) => `${entity_id} ${state}`)).toEqual([
    's1 queued', // its place in the queue is the old one
    's2 queued',
    's1 needs_person',
  ])
  expect((await getSubmission('s2'))?.chip, 'a lost submission does not count as received').toBe('unsent')
  const puts = phone.server.effects.length
  await phone.cycle()
  expect(await db.outbox.toArray()).toMatchObject([{ entity_id: 's1', code: 'not_correctable' }])
  expect(phone.server.effects.length, 'only the lost op has an effect again').toBe(puts + 1)
  expect(await getSubmission('s1')).toMatchObject({
    row: { version: 1 },
    refusal: { code: 'not_correctable' },
  })
  expect(await getSubmission('s2')).toMatchObject({ chip: 'received', row: { version: 1 }, refusal: null })
  await phone.cycle()
  expect(await db.overlay.filter((row) => row.xid !== null).count()).toBe(0)
})

test('accepted ops are forgotten after thirty days, or when their submission is removed from the phone', async () => {
  const phone = new Phone()
  await submit('old', { text: 'x' })
  await phone.cycle()
  phone.clock += 31 * 24 * 60 * 60_000
  await submit('removed', { text: 'x' })
  await submit('recent', { text: 'x' })
  await phone.cycle()
  await removeFromPhone('removed')
  expect((await db.sent.toArray()).map(({ entity_id }) => entity_id)).toEqual(['recent'])
})

test('ops accepted more than thirty days before a new epoch are not sent again', async () => {
  const phone = new Phone()
  await submit('old', { text: 'x' })
  await phone.cycle()
  phone.clock += 31 * 24 * 60 * 60_000
  phone.server.restore([])
  await phone.cycle()
  expect(await db.sent.count()).toBe(0)
  expect(phone.network.batches).toHaveLength(1)
})

test('an op that a new epoch sends again keeps the instant at which it was first accepted', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  await phone.cycle()
  const [before] = await db.sent.toArray()
  phone.clock += 20 * 24 * 60 * 60_000
  phone.server.restore(['s1'])
  await phone.cycle()
  await phone.cycle()
  expect(await db.sent.toArray()).toMatchObject([{ op_id: before!.op_id, acked_at: before!.acked_at }])
})

test('an op that depends on an accepted op is not sent while the server’s epoch is unknown', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  await phone.cycle()
  await later('s1', { text: 'after' })
  await submit('s2', { text: 'independent' })
  phone.server.restore(['s1'])
  phone.network.plan = ['500']
  expect(await phone.cycle({ hurry: 'no', reach: 'none' })).toBe('failed')
  expect(
    phone.server.effects.map((one) => one.text),
    'independent ops do not wait',
  ).toEqual(['x', 'independent'])
  expect(await db.outbox.toArray()).toMatchObject([{ state: 'retry_wait', code: 'server', alone: false }])
  await phone.settle()
  expect(phone.server.effects.map((one) => one.text)).toEqual(['x', 'independent', 'x', 'after'])
  expect(await db.outbox.count()).toBe(0)
})

test('an unreadable overlay stops neither a pull nor the change to a new epoch', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  await db.overlay.put({ op_id: 'bad', entity_id: 's1', actor: null, row: null, xid: '1', at: 0 })
  const mend = breakReading(db.overlay, ({ op_id }) => op_id === 'bad')
  try {
    await phone.cycle()
    await db.overlay.put({ op_id: 'bad', entity_id: 's1', actor: null, row: null, xid: '1', at: 0 })
    phone.server.restore(['s1'])
    await phone.cycle()
    await phone.settle()
  } finally {
    mend()
  }
  expect((await getSubmission('s1'))?.chip).toBe('received')
  expect(await db.outbox.count()).toBe(0)
})

test('a new epoch deletes the overlays of staff verdicts, because the decisions may be lost', async () => {
  const phone = new Phone()
  await phone.cycle()
  const overlay = { entity_id: 's1', row: null, xid: '9', at: phone.clock }
  await db.overlay.bulkPut([
    { ...overlay, op_id: 'applied', actor: 'member-1' },
    { ...overlay, op_id: 'waiting', actor: 'member-1', xid: null },
  ])
  await phone.cycle()
  expect(await db.overlay.count()).toBe(2)
  phone.server.restore([])
  await phone.cycle()
  expect(await db.overlay.toCollection().primaryKeys()).toEqual(['waiting'])
})
