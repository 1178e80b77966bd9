import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { useSyncStore } from './syncStore'
import { Phone, silent, submit, wipe } from './testing/phone'

const PATIENT = { timeout: 20_000 }

const phone = new Phone()

beforeEach(async () => {
  await wipe()
  setActivePinia(createPinia())
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('addEventListener', silent)
  vi.stubGlobal('removeEventListener', silent)
})
afterEach(() => vi.unstubAllGlobals())

test('the store reports signal from the last call, and the age of the last pull', async () => {
  const state = useSyncStore()
  await state.follow()
  expect([state.online, state.upToDate, state.lastSyncedAt]).toEqual([true, false, null])

  await submit('s1', { text: 'x' })
  phone.network.plan = ['lost']
  await phone.cycle()
  await vi.waitFor(() => expect(state.online, 'a browser that claims signal').toBe(false), PATIENT)

  phone.clock += 60_000
  await phone.cycle()
  await vi.waitFor(() => expect(state.upToDate).toBe(true), PATIENT)
  expect(state.online).toBe(true)
  await vi.waitFor(() => expect(state.syncing).toBe(false), PATIENT)
  expect(state.lastSyncedAt).toBeInstanceOf(Date)

  const pullChanges = phone.server.pullChanges.bind(phone.server)
  vi.spyOn(phone.server, 'pullChanges').mockImplementation((pulls) => ({
    ...pullChanges(pulls),
    watermark_age: 45,
  }))
  await phone.cycle()
  await vi.waitFor(() => expect(state.upToDate, 'an open writer hides 45 s of changes').toBe(false), PATIENT)
  expect(state.watermarkAge).toBe(45)
})

test('a disk fault of this tab hides the notes’ fault until a cycle of this tab ends', () => {
  const store = useSyncStore()
  store.cycleBroke('storage_full')
  expect([store.fault, store.upToDate]).toEqual(['storage_full', false])
  store.cycleEnded('busy')
  expect(store.fault, 'another tab’s disk is not this one’s').toBe('storage_full')
  store.cycleEnded('failed')
  expect(store.fault).toBeNull()
})

test('the store follows the browser’s `online` and `offline` events', () => {
  const heard: Record<string, () => void> = {}
  vi.stubGlobal('addEventListener', (name: string, listener: () => void) => (heard[name] = listener))
  const store = useSyncStore()
  expect([store.signal, store.online]).toEqual([true, true])
  vi.stubGlobal('navigator', { onLine: false })
  heard['offline']!()
  expect([store.signal, store.online]).toEqual([false, false])
  vi.stubGlobal('navigator', { onLine: true })
  heard['online']!()
  expect([store.signal, store.online]).toEqual([true, true])
})

test('the database’s trouble is reported, also to a store that is created later', async () => {
  const store = useSyncStore()
  await store.follow()
  db.on('blocked').fire({} as never)
  expect(store.trouble).toBe('blocked')
  setActivePinia(createPinia())
  const later = useSyncStore()
  await later.follow()
  expect(later.trouble).toBe('blocked')
})
