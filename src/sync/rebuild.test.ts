import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { createDraft } from '@/data/drafts'
import { db } from '@/data/db'
import { Fault } from '@/domain/fault'
import { rebuildBase } from './rebuild'
import { Phone, later, submit, wipe } from './testing/phone'

let phone: Phone

beforeEach(async () => {
  await wipe()
  phone = new Phone()
  await submit('a', { text: 'uno' })
  await phone.settle()
})

const kept = async () => ({ base: await db.base.toArray(), cursors: await db.cursors.toArray() })

test('a rebuild replaces a damaged row and deletes the rows of a submission that is not on the phone', async () => {
  const before = await kept()
  const row = { ...before.base[0]!, row: { broken: true } }
  await db.base.put(row)
  await db.base.put({ scope: 'mine:gone', entity: 'submission', id: 'gone', row: {} })
  expect(await rebuildBase(phone.engine())).toBe('done')
  expect((await kept()).base).toEqual(before.base)
})

test('a rebuild changes neither outbox nor drafts nor items', async () => {
  await createDraft({ id: 'c1', kind: 'propuestas', title: 'Consulta' }, 'd')
  await later('a', { text: 'dos' })
  const rest = () => Promise.all([db.outbox.toArray(), db.drafts.toArray(), db.items.toArray()])
  const before = await rest()
  expect(await rebuildBase(phone.engine())).toBe('done')
  expect(await rest()).toEqual(before)
})

test('a rebuild without signal reports `unreachable` and deletes nothing', async () => {
  const before = await kept()
  const engine = { ...phone.engine(), rpc: () => Promise.reject(new Fault('offline', true)) }
  expect(await rebuildBase(engine)).toBe('unreachable')
  expect(await kept()).toEqual(before)
})

test('a rebuild that loses the signal keeps every row, and the next cycle reads the rest', async () => {
  const before = await kept()
  const engine = phone.engine()
  let calls = 0
  const { rpc } = engine
  engine.rpc = (...call) => ((calls += 1) > 1 ? Promise.reject(new Fault('offline', true)) : rpc(...call))
  expect(await rebuildBase(engine)).toBe('cut')
  expect(await db.base.toArray()).toEqual(before.base)
  expect(await db.cursors.count()).toBe(0)
  await phone.cycle()
  expect((await kept()).base).toEqual(before.base)
  expect(await db.cursors.count()).toBe(before.cursors.length)
})

test('a rebuild keeps the queues that staff keep for review without signal', async () => {
  const row = { scope: 'staff:u:c', entity: 'submission', id: 'x', row: { version: 1 } }
  const cursor = { scope: 'staff:u:c', cursor: '5.1' }
  await db.base.put(row)
  await db.cursors.put(cursor)
  expect(await rebuildBase(phone.engine())).toBe('done')
  expect(await db.base.toArray()).toContainEqual(row)
  expect(await db.cursors.toArray()).toContainEqual(cursor)
})
