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
  const show = (kept?: typeof form) => Object.assign(form, kept)
  const scope = effectScope()
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // Vue warns that there is no router
  const keeping = scope.run(() => useKeeping('yo', 'v1', 'transcript', () => form, show))!
  const type = (text: string) => {
    form.text = text
    keeping.touch()
  }
  return { scope, keeping, type }
}
const kept = () => getReply('yo', 'v1', 'transcript')

test('text typed just before the form closes is saved', async () => {
  const { scope, type } = begin()
  type('hola')
  scope.stop()
  await expect.poll(kept, { timeout: SAVE_DELAY_MS / 2, interval: 10 }).toEqual({ text: 'hola' })
})

test('`flushUnsaved` saves the form before the page goes away, and reports when saving fails', async () => {
  const { scope, keeping, type } = begin()
  type('hola')
  expect(await flushUnsaved()).toBe(true)
  expect(await kept()).toEqual({ text: 'hola' })
  const put = vi.spyOn(db.meta, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  type('hola a todos')
  expect(await flushUnsaved()).toBe(false)
  expect(keeping.hasFailed.value).toBe(true)
  put.mockRestore()
  expect(await flushUnsaved()).toBe(true) // the next attempt succeeds
  expect(keeping.hasFailed.value).toBe(false)
  expect(await kept()).toEqual({ text: 'hola a todos' })
  scope.stop()
  expect(await flushUnsaved()).toBe(true)
})

test('a forgotten form is not saved again', async () => {
  const { keeping, type } = begin()
  type('hola')
  await keeping.forget()
  expect(await flushUnsaved()).toBe(true)
  expect(await kept()).toBeUndefined()
})

test('forgetting one form keeps the other forms of the same place', async () => {
  await db.meta.put({ key: 'reply:yo:v1:reject', value: { message: 'No.' } })
  const { keeping, type } = begin()
  type('hola')
  await keeping.flush()
  await keeping.forget()
  expect([await kept(), await getReply('yo', 'v1', 'reject')]).toEqual([undefined, { message: 'No.' }])
})
