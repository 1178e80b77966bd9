// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { db } from '@/data/db'
import { getReply } from '@/data/staff/replies'
import { flushUnsaved } from '@/data/unsaved'
import { SAVE_DELAY_MS } from '@/data/useAutosave'
import { useKeeping } from './useKeeping'

beforeEach(() => db.meta.clear())
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function begin() {
  const form = { text: '' }
  const scope = effectScope()
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // no router here, so none to be kept back by
  const keeping = scope.run(() => useKeeping('yo', 'v1', 'transcript', () => form))!
  const type = (text: string) => {
    form.text = text
    keeping.touch()
  }
  return { scope, keeping, type }
}
const kept = () => getReply('yo', 'v1', 'transcript')

test('the last moments of typing are kept when the form is left at once', async () => {
  const { scope, type } = begin()
  type('hola')
  scope.stop()
  await expect.poll(kept, { timeout: SAVE_DELAY_MS / 2, interval: 10 }).toEqual({ text: 'hola' })
})

test('what is about to take the page away has it written first, and hears when it could not be', async () => {
  const { scope, keeping, type } = begin()
  type('hola')
  expect(await flushUnsaved()).toBe(true)
  expect(await kept()).toEqual({ text: 'hola' })
  const put = vi.spyOn(db.meta, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  type('hola a todos')
  expect(await flushUnsaved()).toBe(false)
  expect(keeping.hasFailed.value).toBe(true)
  put.mockRestore()
  expect(await flushUnsaved()).toBe(true) // it goes with the next try
  expect(keeping.hasFailed.value).toBe(false)
  expect(await kept()).toEqual({ text: 'hola a todos' })
  scope.stop()
  expect(await flushUnsaved()).toBe(true)
})

test('what went on its way is not written again', async () => {
  const { keeping, type } = begin()
  type('hola')
  await keeping.forget()
  expect(await flushUnsaved()).toBe(true)
  expect(await kept()).toBeUndefined()
})

test('forgetting one form leaves the others of its place', async () => {
  await db.meta.put({ key: 'reply:yo:v1:reject', value: { message: 'No.' } })
  const { keeping, type } = begin()
  type('hola')
  await keeping.flush()
  await keeping.forget()
  expect([await kept(), await getReply('yo', 'v1', 'reject')]).toEqual([undefined, { message: 'No.' }])
})
