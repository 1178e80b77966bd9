import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { askPersistence } from './persistence'
import { wipe } from './testing/phone'

beforeEach(wipe)

const storage = (granted: boolean) => ({
  persisted: vi.fn(() => Promise.resolve(false)),
  persist: vi.fn(() => Promise.resolve(granted)),
})
const ask = (fake: ReturnType<typeof storage>) => askPersistence(fake as unknown as StorageManager)

test.each([true, false])('the browser is asked once and its answer (%s) is remembered', async (granted) => {
  const fake = storage(granted)
  expect(await ask(fake)).toBe(granted)
  expect(await ask(fake)).toBe(granted)
  expect(fake.persist).toHaveBeenCalledOnce()
})

test('a browser that cannot be asked counts as a refusal', async () => {
  expect(await askPersistence(undefined)).toBe(false)
})
