import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { sendInBackground } from './background'
import { enqueue } from './enqueue'
import { askBackgroundSend } from './poke'
import { Phone, silent, submit, wipe } from './testing/phone'

const PATIENT = { timeout: 20_000 }

beforeEach(wipe)

test('the worker sends the waiting ops, reads changes once and does not ask to be woken again', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  const pulls = vi.spyOn(phone.server, 'pullChanges')
  await sendInBackground(60_000, phone.engine())
  expect(phone.server.effects).toHaveLength(1)
  expect(pulls).toHaveBeenCalledOnce()
  expect(await db.outbox.count()).toBe(0)
})

test('a worker without signal rejects, so that the browser wakes it again, and the op stays', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  phone.network.plan = ['lost']
  await expect(sendInBackground(0, phone.engine())).rejects.toMatchObject({ code: 'offline' })
  expect(await db.outbox.toArray()).toMatchObject([{ state: 'retry_wait', code: 'offline' }])
})

test('a refused op does not keep the worker awake', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x', refuse: 'body_too_short' })
  await sendInBackground(60_000, phone.engine())
  expect(await db.outbox.toArray()).toMatchObject([{ state: 'needs_person' }])
})

test('a worker asks to be woken again for an op that waits 45 s, but not for an op of signed-out staff', async () => {
  const phone = new Phone()
  await submit('s1', { text: 'x' })
  await db.outbox.toCollection().modify({ state: 'retry_wait', not_before: phone.clock + 45_000 })
  expect(await sendInBackground(0, phone.engine())).toBe(true)
  await db.outbox.clear()
  await enqueue({ kind: 'review.decide', entity_id: 's1', payload: {}, actor: 'member' }, undefined, silent)
  expect(await sendInBackground(0, phone.engine())).toBe(false)
})

test('a browser with Background Sync is asked to wake the worker; one without it raises no error', async () => {
  const register = vi.fn(() => Promise.resolve())
  const ready = Promise.resolve({ sync: { register } })
  askBackgroundSend({ ready } as unknown as ServiceWorkerContainer)
  await vi.waitFor(() => expect(register).toHaveBeenCalledWith('outbox'), PATIENT)
  askBackgroundSend({ ready: Promise.resolve({}) } as unknown as ServiceWorkerContainer)
  askBackgroundSend(undefined)
})
