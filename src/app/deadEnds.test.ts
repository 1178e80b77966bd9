// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useInstitutionStore } from '@/data/institutionStore'
import EmptyState from '@/ui/EmptyState.vue'
import LoadStates from '@/ui/LoadStates.vue'
import App from './App.vue'
import NotFoundView from './NotFoundView.vue'

vi.mock('@/data/firstScreen', async (original) => ({
  ...(await original<object>()),
  afterFirstScreen: () => Promise.resolve(),
}))
vi.mock('@/data/keptClock', () => ({ keepClock: () => undefined }))

const empty = () => h(EmptyState, { title: 'Nada', text: 'Todavía no hay nada.' })
const failed = () =>
  h(LoadStates, {
    state: 'failed',
    hasValue: false,
    lines: 3,
    words: { failed: { title: 'x', text: 'y' } },
    retry: 'z',
  })
const broken = defineComponent({
  setup() {
    throw new Error('broken')
  },
})

const INSTITUTION = {
  name: 'Instituto',
  contact: { phone: '722 000 0000', email: 'ayuda@ejemplo.mx', hours: 'De 9 a 18 horas.' },
}
beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

test.each([
  ['is empty', empty],
  ['could not be loaded', failed],
  ['is broken', broken],
  ['does not exist', NotFoundView],
])('a citizen’s screen that %s has the contact under it', async (_, component) => {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:all(.*)', component }] })
  vi.stubGlobal('fetch', async () => Response.json({ institution: INSTITUTION, convocatorias: [] }))
  await useInstitutionStore().load()
  await router.push('/x')
  const app = mount(App, { global: { plugins: [router] } })
  await vi.waitFor(() => expect(app.find('.help a[href="mailto:ayuda@ejemplo.mx"]').exists()).toBe(true))
  await flushPromises()
  expect(app.find('.help a[href="tel:7220000000"]').exists()).toBe(true)
  app.unmount()
})
