import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { effectScope } from 'vue'
import { expect, test, vi } from 'vitest'
import { db } from './db'
import { observeTables } from './observeTables'
import { useLive } from './useLive'

const PATIENT = { timeout: 20_000 }

test('a live query’s ref follows the database until its scope ends', async () => {
  const scope = effectScope()
  const count = scope.run(() => useLive({ tables: [db.drafts], read: () => db.drafts.count() }, -1))!
  expect(count.value).toBe(-1)
  await vi.waitFor(() => expect(count.value).toBe(0), PATIENT)
  await db.meta.put({ key: 'unrelated', value: 1 })
  const draft = { id: 'a', kind: 'propuestas', convocatoria_id: 'c', convocatoria_title: '' } as const
  await db.drafts.put({ ...draft, answers: {}, step: '', updated_at: '' })
  await vi.waitFor(() => expect(count.value).toBe(1), PATIENT)
  scope.stop()
  await db.drafts.clear()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(count.value).toBe(1)
})

test('a failed first read is repeated, and later changes are reported', async () => {
  let failing = 2
  const query = () =>
    failing-- > 0 ? Promise.reject(new Dexie.DatabaseClosedError('not open yet')) : db.meta.count()
  const found: number[] = []
  const stop = observeTables({ tables: [db.meta], read: query }, (count) => found.push(count))
  await vi.waitFor(() => expect(found).toHaveLength(1), PATIENT)
  await db.meta.put({ key: 'later', value: 1 })
  await vi.waitFor(() => expect(found).toHaveLength(2), PATIENT)
  stop()
})

test('a change during a read is read again, and nothing older is told', async () => {
  await db.meta.clear()
  const found: number[] = []
  let isFirst = true
  const read = async () => {
    const count = await db.meta.count()
    if (isFirst) await db.meta.put({ key: 'during', value: 1 })
    isFirst = false
    return count
  }
  const stop = observeTables({ tables: [db.meta], read }, (count) => found.push(count))
  await vi.waitFor(() => expect(found).toEqual([1]), PATIENT)
  stop()
})

test('a change is told from inside a transaction of the tables, and a read of others after it works', async () => {
  const found: number[] = []
  const stop = observeTables(
    { tables: [db.drafts], read: async () => (await db.outbox.count()) + (await db.drafts.count()) },
    (count) => found.push(count),
  )
  await vi.waitFor(() => expect(found).toEqual([0]), PATIENT)
  const draft = { id: 'b', kind: 'propuestas', convocatoria_id: 'c', convocatoria_title: '' } as const
  await db.transaction('rw', [db.drafts], () =>
    db.drafts.put({ ...draft, answers: {}, step: '', updated_at: '' }),
  )
  await vi.waitFor(() => expect(found).toEqual([0, 1]), PATIENT)
  stop()
})
