import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { askPersistence } from './persistence'
import { wipe } from './testing/phone'

beforeEach(wipe)

const storage = (granted: boolean) => {
  const fake = {
    isKept: false,
    persisted: () => Promise.resolve(fake.isKept),
    persist: vi.fn(() => Promise.resolve((fake.isKept = granted))),
  }
  return fake
}
const ask = (fake: ReturnType<typeof storage>) => askPersistence(fake as unknown as StorageManager)

test.each([true, false])('the browser is asked once and its answer (%s) is remembered', async (granted) => {
  const fake = storage(granted)
  expect(await ask(fake)).toBe(granted)
  expect(await ask(fake)).toBe(granted)
  expect(fake.persist).toHaveBeenCalledOnce()
})

test('protection that the person grants later in the settings counts as granted', async () => {
  const fake = storage(false)
  expect(await ask(fake)).toBe(false)
  fake.isKept = true
  expect(await ask(fake)).toBe(true)
})

test('a browser that cannot be asked counts as a refusal', async () => {
  expect(await askPersistence(undefined)).toBe(false)
})
