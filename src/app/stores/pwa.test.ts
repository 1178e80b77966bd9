// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { forgetLost } from '@/data/evictionCheck'
import { holdUnsaved } from '@/data/unsaved'
import { keepInstallOffer } from '../installOffer'
import { useInstitutionStore } from '@/data/institutionStore'
import { usePwaStore } from './pwa'

const PATIENT = { timeout: 20_000 }

/** Records the `Workbox` that `register` creates. */
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

const worker = {
  addEventListener: vi.fn<() => void>(),
  controller: null as object | null,
  getRegistration: vi.fn<() => Promise<object>>(),
}
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

test('the first worker causes one more fetch of the landing’s document and no offer of a version', async () => {
  const store = usePwaStore()
  const load = vi.spyOn(useInstitutionStore(), 'load').mockResolvedValue()
  await store.register()
  expect(store.active).toBe(false)
  tell('controlling')
  expect([store.active, store.offered, load.mock.calls.length]).toEqual([true, false, 1])
})

test('a waiting version is offered, can be postponed, and takes over when the person accepts it', async () => {
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
  expect(reload, 'the page loads from the new worker').toHaveBeenCalledTimes(1)
})

test('a version that another tab accepted is offered, and accepting it reloads the page', async () => {
  worker.controller = {}
  worker.getRegistration.mockResolvedValue({ waiting: null })
  const store = usePwaStore()
  await store.register()
  tell('controlling')
  expect([store.offered, reload.mock.calls.length]).toEqual([true, 0])
  await store.accept()
  expect(reload).toHaveBeenCalledTimes(1)
})

test('while unsaved text cannot be written, accepting keeps the old version and the offer', async () => {
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

test('the browser’s offer to install is kept, can be used once, and ends with the installation', async () => {
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

test('the app is ready with a worker, a kept document and a complete first pull, and announces it once', async () => {
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
  expect(next.announced, 'the phone announced it before').toBe(false)
})

test('an eviction is reported until the person has read about it', async () => {
  localStorage.setItem('convoca.lost', JSON.stringify({ arrived: 2, partly: 1, unsent: 1, drafts: 1 }))
  const store = usePwaStore()
  expect(store.lost).toBeNull()
  await store.follow()
  expect(store.lost).toMatchObject({ arrived: 2, drafts: 1 })
  forgetLost()
  expect(store.lost).toBeNull()
})
