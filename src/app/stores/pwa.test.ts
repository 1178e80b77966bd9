// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { forgetLost } from '@/data/evictionCheck'
import { holdUnsaved } from '@/data/unsaved'
import { keepInstallOffer } from '../installOffer'
import { useInstitutionStore } from './institution'
import { usePwaStore } from './pwa'

const PATIENT = { timeout: 20_000 }

/** The one `Workbox` that `register` made. */
const workbox = vi.hoisted(() => {
  class FakeWorkbox extends EventTarget {
    register = async () => undefined
    update = async () => undefined
    messageSkipWaiting = () => workbox.skipped()
    constructor() {
      super()
      workbox.made = this
    }
  }
  const workbox = { FakeWorkbox, made: null as EventTarget | null, skipped: () => undefined as void }
  return workbox
})
vi.mock('workbox-window', () => ({ Workbox: workbox.FakeWorkbox }))

const worker = { controller: null as object | null, getRegistration: vi.fn<() => Promise<object>>() }
const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined)
const tell = (type: 'waiting' | 'controlling') => workbox.made!.dispatchEvent(new Event(type))

beforeEach(async () => {
  vi.clearAllMocks()
  localStorage.clear()
  await Promise.all(db.tables.map((table) => table.clear()))
  worker.controller = null
  worker.getRegistration.mockResolvedValue({ waiting: {} })
  workbox.skipped = vi.fn<() => void>()
  Object.defineProperty(navigator, 'serviceWorker', { value: worker, configurable: true })
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

test('the first worker makes the landing fetched once more, and offers nothing', async () => {
  const store = usePwaStore()
  const load = vi.spyOn(useInstitutionStore(), 'load').mockResolvedValue()
  await store.register()
  expect(store.active).toBe(false)
  tell('controlling')
  expect([store.active, store.offered, load.mock.calls.length]).toEqual([true, false, 1])
})

test('a version that waits is offered, can be put off, and enters when the person says so', async () => {
  worker.controller = {}
  const store = usePwaStore()
  await store.register()
  tell('waiting')
  expect(store.offered).toBe(true)
  store.later()
  expect(store.offered).toBe(false)
  tell('waiting')
  await store.accept()
  expect([store.offered, vi.mocked(workbox.skipped).mock.calls.length, reload.mock.calls.length]).toEqual([
    false,
    1,
    0,
  ])
  tell('controlling')
  expect(reload, 'the new worker serves this page from here on').toHaveBeenCalledTimes(1)
})

test('a version that another tab let in is offered, and taking it reloads the page', async () => {
  worker.controller = {}
  worker.getRegistration.mockResolvedValue({ waiting: null })
  const store = usePwaStore()
  await store.register()
  tell('controlling')
  expect([store.offered, reload.mock.calls.length]).toEqual([true, 0])
  await store.accept()
  expect(reload).toHaveBeenCalledTimes(1)
})

test('what cannot be written keeps the old version, says so, and goes on offering', async () => {
  worker.controller = {}
  const store = usePwaStore()
  await store.register()
  tell('waiting')
  const release = holdUnsaved(() => Promise.resolve(false))
  await store.accept()
  expect([store.unsaved, store.offered]).toEqual([true, true])
  release()
  await store.accept()
  expect([store.unsaved, store.offered]).toEqual([false, false])
})

test('the browser’s offer to install is kept, taken once, and gone when the app is installed', async () => {
  keepInstallOffer()
  const prompt = vi.fn<() => Promise<void>>().mockResolvedValue()
  const offer = () => Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt })
  const first = offer()
  dispatchEvent(first)
  const store = usePwaStore() // the offer may come before the store does
  expect([store.canInstall, first.defaultPrevented]).toEqual([true, true])
  await store.install()
  await store.install()
  expect([store.canInstall, prompt.mock.calls.length]).toEqual([false, 1])
  dispatchEvent(offer())
  dispatchEvent(new Event('appinstalled'))
  expect(store.canInstall).toBe(false)
})

test('it is ready only with worker, kept document and a whole first read, and says so once a phone', async () => {
  worker.controller = {}
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ institution: {}, convocatorias: [] })))
  const store = usePwaStore()
  await useInstitutionStore().load()
  await store.follow()
  await db.cursors.put({ scope: 'public', cursor: '7.0@row' })
  await db.cursors.put({ scope: 'mine:s1', cursor: '9.0' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([store.hasPulled, store.ready]).toEqual([false, false])
  await db.cursors.put({ scope: 'public', cursor: '9.0' })
  await vi.waitFor(() => expect([store.ready, store.announced]).toEqual([true, true]), PATIENT)
  vi.useFakeTimers()
  store.shown()
  vi.advanceTimersByTime(20_000)
  vi.useRealTimers()
  expect([store.ready, store.announced]).toEqual([true, false])
  setActivePinia(createPinia())
  const next = usePwaStore()
  await useInstitutionStore().load()
  await next.follow()
  await vi.waitFor(() => expect(next.ready).toBe(true), PATIENT)
  expect(next.announced, 'this phone was told').toBe(false)
})

test('what the browser threw away is told until the person has read it', async () => {
  localStorage.setItem('convoca.lost', JSON.stringify({ arrived: 2, partly: 1, unsent: 1, drafts: 1 }))
  const store = usePwaStore()
  expect(store.lost).toBeNull()
  await store.follow()
  expect(store.lost).toMatchObject({ arrived: 2, drafts: 1 })
  forgetLost()
  expect(store.lost).toBeNull()
})
