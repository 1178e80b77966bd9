import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { createDraft, forgetDraft, getDraft, saveAnswers } from '@/data/drafts'
import { enqueue } from './enqueue'
import { onPoke } from './poke'
import { silent, submit, wipe } from './testing/phone'

const PATIENT = { timeout: 20_000 }

// Before the database opens, because Dexie binds it then.
const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')
beforeEach(wipe)

const op = { kind: 'propuesta.submit', entity_id: 's1', payload: { text: 'hola' }, secret: 'abc' } as const
const campaign = { id: 'c1', kind: 'propuestas', title: 'Consulta' } as const

/** Makes the next write of this table fail as a full or broken disk does. */
function breakDisk(table: string, name: string) {
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
    if (this.name !== table) throw new Error('unexpected table')
    throw new DOMException('the disk says no', name)
  })
  return () => spy.mockRestore()
}

test('saving an op and saving a draft are one transaction each, of strict durability', async () => {
  transactions.mockClear()
  await submit('s1', { text: 'hola' })
  await createDraft(campaign, 's2')
  await saveAnswers('s2', { body: 'hola' }, 'texto')
  const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite')
  expect(writes.map(([, , options]) => options)).toEqual(Array(3).fill({ durability: 'strict' }))
})

test('op, overlay, item and the draft that became it change together', async () => {
  await createDraft(campaign, 's1')
  const opId = await enqueue(op, () => forgetDraft('s1'), silent)
  expect(await db.outbox.toArray()).toMatchObject([
    { op_id: opId, ...op, v: 1, actor: null, state: 'queued' },
  ])
  expect(await db.overlay.toArray()).toMatchObject([{ op_id: opId, entity_id: 's1', xid: null }])
  expect(await getDraft('s1')).toBeUndefined()
})

test('when what goes with it fails, nothing was saved and the draft is still there', async () => {
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
])('a disk that answers %s is told in our words, and nobody is sent for', async (name, fault) => {
  const notify = vi.fn()
  const mend = breakDisk('overlay', name)
  await expect(enqueue(op, undefined, notify)).rejects.toMatchObject(fault)
  mend()
  expect(await db.outbox.count()).toBe(0)
  expect(notify).not.toHaveBeenCalled()
})

test('a payload changed after the tap is sent as it was at the tap', async () => {
  const payload = { consents: [{ key: 'publish', granted: false }] }
  await enqueue({ ...op, payload: new Proxy(payload, {}) }, undefined, silent)
  payload.consents[0]!.granted = true
  expect((await db.outbox.toArray())[0]!.payload).toEqual({ consents: [{ key: 'publish', granted: false }] })
})

test('the sender is called only after the op is on disk, and hears it in every tab', async () => {
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
