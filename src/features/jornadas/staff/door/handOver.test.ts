import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db, type OutboxOp } from '@/data/db'
import { handedOver } from './doorOps'
import { enqueue } from '@/sync/enqueue'
import { pickBatch } from '@/sync/batch'
import { takeOver } from '@/sync/staff/takeOver'

const DAY = 'd1'
const note = (
  entity_id: string,
  actor: string,
  kind: 'door.check_in' | 'door.undo_check_in' = 'door.check_in',
) => {
  const payload =
    kind === 'door.check_in'
      ? { jornada_id: DAY, code: null, at: '2026-11-26T10:00:00.000Z', door: 'Puerta 1' }
      : { jornada_id: DAY, arrived_at: '2026-11-26T10:00:00.000Z' }
  return enqueue({ kind, entity_id, payload, actor }, undefined, () => undefined)
}
const sender = (actor: string) => ({ actor, held: new Set<string>(), now: Date.now(), limit: 50 })

beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))

test('what a colleague noted waits for the colleague, until somebody takes it over: then it goes, in order, with its author’s name', async () => {
  const first = await note('a', 'vera')
  await note('b', 'luis')
  const undo = await note('a', 'vera', 'door.undo_check_in')
  await db.outbox.where('op_id').equals(first).modify({ state: 'blocked_auth' })
  expect((await pickBatch(sender('luis'))).map(({ entity_id }) => entity_id)).toEqual(['b'])
  const notify = vi.fn()
  expect(await takeOver([first, undo], 'luis', handedOver, notify)).toBe(2)
  expect(notify).toHaveBeenCalledOnce()
  const ops = await db.outbox.orderBy('seq').toArray()
  expect(ops.map(({ entity_id, kind, actor, state }) => [entity_id, kind, actor, state])).toEqual([
    ['a', 'door.check_in', 'luis', 'queued'],
    ['b', 'door.check_in', 'luis', 'queued'],
    ['a', 'door.undo_check_in', 'luis', 'queued'],
  ])
  expect(ops[0]!.payload).toMatchObject({
    noted_by: 'vera',
    at: '2026-11-26T10:00:00.000Z',
    door: 'Puerta 1',
  })
  expect(ops[2]!.payload).not.toHaveProperty('noted_by')
  const overlays = await db.overlay.toArray()
  expect(overlays.map(({ op_id, actor }) => [op_id, actor]).sort()).toEqual(
    ops.map(({ op_id }) => [op_id, 'luis']).sort(),
  )
})

test('taken over twice, a note still names who noted it first, and what is being sent stays as it is', async () => {
  const [one, two] = [await note('a', 'vera'), await note('b', 'vera')]
  await db.outbox.where('op_id').equals(two).modify({ state: 'sending' })
  expect(await takeOver([one, two], 'luis', handedOver, () => undefined)).toBe(1)
  const [taken] = (await db.outbox.where('entity_id').equals('a').toArray()) as [OutboxOp]
  await takeOver([taken.op_id], 'ana', handedOver, () => undefined)
  const ops = await db.outbox.orderBy('seq').toArray()
  expect(ops.map(({ actor, payload }) => [actor, (payload as { noted_by?: string }).noted_by])).toEqual([
    ['ana', 'vera'],
    ['vera', undefined],
  ])
})
