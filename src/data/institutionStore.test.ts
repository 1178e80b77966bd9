import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useInstitutionStore } from './institutionStore'

const bootstrap = (name: string) => ({ now: '', institution: { name }, convocatorias: [] })
const fetched = vi.fn<typeof fetch>()
const serviceWorker = Object.assign(new EventTarget(), { controller: null as object | null })
const tell = (data: object) => serviceWorker.dispatchEvent(new MessageEvent('message', { data }))

beforeEach(() => {
  setActivePinia(createPinia())
  serviceWorker.controller = null
  vi.stubGlobal('fetch', fetched.mockReset())
  vi.stubGlobal('navigator', { serviceWorker })
})
afterEach(() => vi.unstubAllGlobals())

const answer = (name: string) => Promise.resolve(Response.json(bootstrap(name)))

test('`loading` is true during a fetch, and the document is available after it', async () => {
  const store = useInstitutionStore()
  fetched.mockImplementation(() => answer('Uno'))
  const loading = store.load()
  expect([store.loading, store.institution]).toEqual([true, null])
  await loading
  expect([store.loading, store.institution?.name, store.fault]).toEqual([false, 'Uno', null])
})

test('a failed fetch sets the fault and keeps the document; the next successful one clears the fault', async () => {
  const store = useInstitutionStore()
  fetched.mockImplementationOnce(() => answer('Uno'))
  await store.load()
  fetched.mockRejectedValueOnce(new TypeError('no network'))
  await store.load()
  expect(store.fault).toMatchObject({ code: 'offline' })
  expect(store.institution?.name).toBe('Uno')
  fetched.mockImplementationOnce(() => answer('Dos'))
  await store.load()
  expect([store.fault, store.institution?.name]).toEqual([null, 'Dos'])
})

test('calls during a fetch cause one more fetch, whose answer is used', async () => {
  const store = useInstitutionStore()
  fetched.mockImplementationOnce(() => answer('Uno')).mockImplementationOnce(() => answer('Dos'))
  const first = store.load()
  await Promise.all([store.load(), store.load()])
  await first
  expect(fetched).toHaveBeenCalledTimes(2)
  expect(store.institution?.name).toBe('Dos')
})

test('the document counts as kept after it was fetched through the worker', async () => {
  const store = useInstitutionStore()
  fetched.mockImplementation(() => answer('Uno'))
  await store.load()
  expect(store.kept).toBe(false)
  serviceWorker.controller = {}
  await store.load()
  serviceWorker.controller = null
  await store.load()
  expect(store.kept).toBe(true)
})

test('what the worker tells after its kept answer is shown in the same visit', async () => {
  const store = useInstitutionStore()
  fetched.mockImplementation(() => answer('Guardado'))
  await store.load()
  tell({ type: 'other' })
  expect(store.institution?.name).toBe('Guardado')
  tell({ bootstrap: bootstrap('Fresco') })
  expect(store.institution?.name).toBe('Fresco')
})

test('a kept answer that is read after what the worker told does not take its place; the next fetch does', async () => {
  const store = useInstitutionStore()
  fetched.mockImplementation(() => answer('Guardado'))
  const loading = store.load()
  tell({ bootstrap: bootstrap('Fresco') })
  await loading
  expect(store.institution?.name).toBe('Fresco')
  await store.load()
  expect(store.institution?.name).toBe('Guardado')
})
