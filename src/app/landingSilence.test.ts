// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createMemoryHistory, createRouter } from 'vue-router'
import { afterEach, expect, test, vi } from 'vitest'
import InicioView from './InicioView.vue'
import shell from '@/i18n/es-MX/shell.json'
import { useInstitutionStore } from '@/data/institutionStore'

const CARD = {
  id: 'c',
  slug: 'consulta',
  kind: 'propuestas',
  title: 'Consulta de ejemplo',
  summary: 'Ven y participa',
  label: null,
  opens_at: '2027-05-01T00:00:00-06:00',
  closes_at: '2027-05-30T00:00:00-06:00',
  received_until: '2027-06-01T00:00:00-06:00',
  results_on: null,
  published_count: 4,
}
const SILENCE = { from: '2027-04-04', until: '2027-06-06' }

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function landing(day: string, convocatorias: object[] = [CARD]) {
  const now = new Date(`${day}T12:00:00-06:00`)
  vi.useFakeTimers({ toFake: ['Date'], now })
  const institution = { name: 'Instituto de ejemplo', silence: SILENCE }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ now, institution, convocatorias })))
  const pinia = createPinia()
  setActivePinia(pinia)
  await useInstitutionStore().load()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  const shown = mount(InicioView, { global: { plugins: [pinia, router] } })
  await vi.dynamicImportSettled()
  await flushPromises()
  return shown
}

test('the landing promotes nothing during electoral silence, and keeps folios, rules and deadlines', async () => {
  const shown = await landing('2027-05-10')
  expect(shown.text()).toContain(
    'Del domingo 4 de abril de 2027 al domingo 6 de junio de 2027 no hacemos difusión.',
  )
  expect(shown.text()).not.toContain(CARD.summary)
  expect(shown.text()).not.toContain(shell['home.lead'])
  expect(shown.text()).not.toContain('publicadas')
  expect(shown.findAll('a').map((link) => link.attributes('href'))).toEqual([
    '/envios',
    '/folio',
    '/c/consulta',
  ])
  expect(shown.text()).toContain('Cierra el domingo 30 de mayo de 2027, 00:00')
})

test('closed campaigns stay in reach during electoral silence, below the open ones and without what came of them', async () => {
  const dates = { opens_at: '2027-01-01T00:00:00-06:00', closes_at: '2027-02-01T00:00:00-06:00' }
  const closed = { ...CARD, ...dates, received_until: '2027-02-03T00:00:00-06:00', slug: 'pasada', id: 'p' }
  const shown = await landing('2027-05-10', [closed, CARD])
  expect(shown.findAll('.silence-list a').map((link) => link.attributes('href'))).toEqual([
    '/c/consulta',
    '/c/pasada',
  ])
  expect(shown.text()).toContain('Cerró el lunes 1 de febrero de 2027.')
  expect(shown.text()).not.toContain('4 envíos publicados')
})

test('the landing invites to take part the day before the silence begins', async () => {
  const shown = await landing('2027-04-03')
  expect(shown.text()).toContain(shell['home.lead'])
  expect(shown.find('h1').text()).toBe(shell['home.title'])
  expect(shown.text()).not.toContain('no hacemos difusión')
})
