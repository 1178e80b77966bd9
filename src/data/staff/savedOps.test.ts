import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { enqueue } from '@/sync/enqueue'
import { ALL, Phone, silent, wipe } from '@/sync/testing/phone'
import { db } from '../db'
import { discardDamagedOps, readStaffQueue } from './savedOps'
import { breakReading } from '../testing/breakReading'

beforeEach(wipe)

const save = (kind: 'review.decide' | 'door.check_in', entity_id: string, actor: string, payload = {}) =>
  enqueue({ kind, entity_id, payload, actor }, undefined, silent)

test('an unreadable op is reported to its member only and is discarded without the others', async () => {
  await save('review.decide', 's1', 'ana')
  await save('review.decide', 's2', 'ana')
  const mend = breakReading(db.outbox, ({ entity_id }) => entity_id === 's1')
  try {
    const { ops, damaged } = await readStaffQueue('ana')
    expect(ops.map(({ entity_id }) => entity_id)).toEqual(['s2'])
    expect(damaged).toMatchObject([{ actor: 'ana', entity_id: 's1' }])
    expect((await readStaffQueue('beto')).damaged).toEqual([])
    await discardDamagedOps('beto')
    expect(await db.outbox.count()).toBe(2)
    await discardDamagedOps('ana')
    expect((await readStaffQueue('ana')).damaged).toEqual([])
  } finally {
    mend()
  }
  expect((await db.outbox.toArray()).map(({ entity_id }) => entity_id)).toEqual(['s2'])
})

test('an accepted check-in is kept without the code of the pass', async () => {
  const phone = new Phone()
  phone.session = { token: 'ana-token', user_id: 'ana' }
  phone.server.rows.set('s1', { secret: '', row: { id: 's1', version: 1 } as never })
  await save('door.check_in', 's1', 'ana', { jornada_id: 'j1', code: 'abc', at: null })
  await phone.cycle({ ...ALL, reach: 'none' })
  expect((await db.sent.toArray()).map(({ payload }) => payload)).toEqual([
    { jornada_id: 'j1', code: null, at: null },
  ])
})
