import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { createDraft, forgetDraft, getDraft, saveAnswers } from '@/data/drafts'
import { enqueue } from './enqueue'
import { onPoke } from './poke'
import { silent, submit, wipe } from './testing/phone'

const PATIENT = { timeout: 20_000 }

// Dexie binds this method when the database opens, so the spy comes first.
const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')
beforeEach(wipe)

const op = { kind: 'propuesta.submit', entity_id: 's1', payload: { text: 'hola' }, secret: 'abc' } as const
const campaign = { id: 'c1', kind: 'propuestas', title: 'Consulta' } as const

/** Makes writes of this table fail with the error of a full or broken disk. */
function breakDisk(table: string, name: string) {
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
    if (this.name !== table) throw new Error('unexpected table')
    throw new DOMException('the disk says no', name)
  })
  return () => spy.mockRestore()
}

test('saving an op and saving a draft take one transaction each, with strict durability', async () => {
  transactions.mockClear()
  await submit('s1', { text: 'hola' })
  await createDraft(campaign, 's2')
  await saveAnswers('s2', { body: 'hola' }, 'texto')
  const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite')
  expect(writes.map(([, , options]) => options)).toEqual(Array(3).fill({ durability: 'strict' }))
})

test('the texts of an op are saved in their only form', async () => {
  const payload = { body: 'uno\vdos \u202eo\u0301\ufffc', list: ['a\u200bb'], size: 3 }
  await enqueue({ ...op, payload }, undefined, silent)
  expect((await db.outbox.toArray())[0]!.payload).toEqual({ body: 'uno\ndos ó', list: ['ab'], size: 3 })
})

test('the op, its overlay and the caller’s writes change together', async () => {
  await createDraft(campaign, 's1')
  const opId = await enqueue(op, () => forgetDraft('s1'), silent)
  expect(await db.outbox.toArray()).toMatchObject([
    { op_id: opId, ...op, v: 1, actor: null, state: 'queued' },
  ])
  expect(await db.overlay.toArray()).toMatchObject([{ op_id: opId, entity_id: 's1', xid: null }])
  expect(await getDraft('s1')).toBeUndefined()
})

test('when the caller’s write fails, neither op nor overlay is saved and the draft stays', async () => {
  await createDraft(campaign, 's1')
  const failing = async () => {
    await forgetDraft('s1')
    throw new Error('no')
  }
  await expect(enqueue(op, failing, silent)).rejects.toMatchObject({
    code: 'storage_failed',
    retryable: true,
  })
  expect(await db.outbox.count()).toBe(0)
  expect(await db.overlay.count()).toBe(0)
  expect(await getDraft('s1')).toBeDefined()
})

test.each([
  ['QuotaExceededError', { code: 'storage_full', retryable: false }],
  ['UnknownError', { code: 'storage_failed', retryable: true }],
])('a disk that fails with %s rejects with our own code, and no sender is called', async (name, fault) => {
  const notify = vi.fn()
  const mend = breakDisk('overlay', name)
  await expect(enqueue(op, undefined, notify)).rejects.toMatchObject(fault)
  mend()
  expect(await db.outbox.count()).toBe(0)
  expect(notify).not.toHaveBeenCalled()
})

test('a payload that changes after the save is sent as it was saved', async () => {
  const payload = { consents: [{ key: 'publish', granted: false }] }
  await enqueue({ ...op, payload: new Proxy(payload, {}) }, undefined, silent)
  payload.consents[0]!.granted = true
  expect((await db.outbox.toArray())[0]!.payload).toEqual({ consents: [{ key: 'publish', granted: false }] })
})

test('senders in every tab are called, and only after the op is on disk', async () => {
  const heard = vi.fn()
  const stop = onPoke(heard)
  const order: string[] = []
  await enqueue(
    op,
    async () => void order.push('writing'),
    () => order.push('called'),
  )
  expect(order).toEqual(['writing', 'called'])
  await enqueue({ ...op, entity_id: 's2' })
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), PATIENT)
  stop()
})
