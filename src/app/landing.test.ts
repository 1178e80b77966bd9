// @vitest-environment happy-dom
/** The landing as a whole: which campaign leads, how far it has come, and what stands below. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useInstitutionStore } from '@/data/institutionStore'
import { learnClock } from '@/data/serverClock'
import type { ConvocatoriaCard } from '@/domain/rows'
import InicioView from './InicioView.vue'

const NOW = '2026-12-01T18:00:00Z'
const card = (id: string, opens: string, closes: string, change: Partial<ConvocatoriaCard> = {}) => ({
  id,
  slug: id,
  kind: 'propuestas',
  title: `Título ${id}`,
  summary: `Resumen ${id}`,
  label: null,
  opens_at: `${opens}T00:00:00-06:00`,
  closes_at: `${closes}T00:00:00-06:00`,
  received_until: `${closes}T12:00:00-06:00`,
  results_on: null,
  published_count: 0,
  ...change,
})
const CARDS = [
  card('old', '2020-01-01', '2020-02-01', { published_count: 3 }),
  card('coming', '2026-12-20', '2027-01-20'),
  card('later', '2026-11-01', '2026-12-30'),
  card('soon', '2026-11-21', '2026-12-11', {
    results_on: '2026-12-15',
    answer_by: '2026-12-18',
    question: '¿Qué falta?',
  }),
  card('closed', '2026-10-01', '2026-11-01'),
]

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function landing(cards: object[]) {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(NOW) })
  vi.stubGlobal('fetch', async () => Response.json({ institution: {}, convocatorias: cards }))
  setActivePinia(createPinia())
  learnClock(NOW, performance.now())
  await useInstitutionStore().load()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:all(.*)', component: {} }],
  })
  const screen = mount(InicioView, { global: { plugins: [router] } })
  await flushPromises()
  return screen
}

test('what closes first leads, the others follow by deadline, then what is to open', async () => {
  const screen = await landing(CARDS)
  expect(screen.get('h1').text()).toBe('2 convocatorias abiertas')
  expect(screen.findAll('.call h2').map((heading) => heading.text())).toEqual([
    '¿Qué falta?',
    'Título later',
    'Título coming',
  ])
  expect(screen.findAll('.call-leads').map((one) => one.get('a').attributes('href'))).toEqual(['/c/soon'])
})

test('only the leading campaign shows its progress: its share of the time, and what follows with its day', async () => {
  const screen = await landing(CARDS)
  const bars = screen.findAll('.steps')
  expect(bars).toHaveLength(1)
  expect(bars[0]!.attributes('style')).toContain('--share: 53%') // 10.5 of 20 days
  expect(bars[0]!.findAll('i')).toHaveLength(3)
  expect(screen.get('.call-leads .call-rest').text()).toMatch(/15 dic · .*18 dic$/u)
})

test('a leading campaign without later dates says until when it is open, and one to come when it opens', async () => {
  const screen = await landing([CARDS[1]!, CARDS[2]!])
  const rests = screen.findAll('.call-rest').map((rest) => rest.text())
  expect(rests[0]).toContain('miércoles 30 de diciembre')
  expect(rests[1]).toContain('domingo 20 de diciembre')
  const alone = await landing([CARDS[1]!])
  expect(alone.findAll('.steps'), 'one that has not begun has no progress').toHaveLength(0)
})

test('closed campaigns are rows with their official name and what came of them, the latest first', async () => {
  const rows = (await landing(CARDS)).findAll('.home-group .list-row')
  expect(rows.map((row) => row.get('.list-title').text())).toEqual(['Título closed', 'Título old'])
  expect(rows.map((row) => row.attributes('href'))).toEqual(['/c/closed', '/c/old'])
  expect(rows[1]!.text()).toContain('3 envíos publicados')
  const none = await landing([CARDS[2]!])
  expect(none.find('.home-group').exists()).toBe(false)
})
