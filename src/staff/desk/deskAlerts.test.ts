// @vitest-environment happy-dom
/** The alerts of the desk: their counts, where they are settled, and silence while all is well. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { DeskAlert } from '@/domain/staffRows'
import DeskAlerts from './DeskAlerts.vue'
import { useDeskAlertsStore } from './deskAlertsStore'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const campaign = { convocatoria_id: 'c1', convocatoria_title: 'Jornadas' }
async function show(items: object[]) {
  rpc.mockResolvedValue({ items })
  setActivePinia(createPinia())
  void useDeskAlertsStore().read()
  const stub = { template: '<p />' }
  const routes = ['', 'staff-quarantine', 'staff-set-apart', 'staff-door', 'staff-second-reviews'].map(
    (name) => ({
      path: `/${name}`,
      name: name || 'root',
      component: stub,
    }),
  )
  const router = createRouter({ history: createMemoryHistory(), routes })
  const screen = mount(DeskAlerts, { global: { plugins: [router] } })
  await flushPromises()
  return screen
}

test('each alert has its count in words and a link to where it is settled', async () => {
  const alerts: DeskAlert[] = [
    { ...campaign, kind: 'flood', count: 75 },
    { ...campaign, kind: 'set_apart', count: 1, body_name: 'Secretaría de Ejemplo' },
    { ...campaign, kind: 'line', count: 40, day: 'Grupo 1 · Segunda Jornada', capacity: 60 },
    { ...campaign, kind: 'second_review', count: 5, soon: 2, by: '2036-12-15T05:59:59+00:00' },
  ]
  const screen = await show(alerts)
  const words = screen.findAll('li p').map((one) => one.text())
  expect(words).toEqual([
    'En una hora pasaron 75 envíos a cuarentena en «Jornadas».',
    '1 inscripción sin confirmar espera al equipo en «Jornadas»: es de Secretaría de Ejemplo.',
    'Grupo 1 · Segunda Jornada: 40 personas en lista de espera y cupo de 60.',
    '2 segundas revisiones en «Jornadas» se deben responder pronto; la primera, a más tardar el domingo 14 de diciembre de 2036. Esperan tu respuesta: 5.',
  ])
  expect(screen.findAll('a').map((one) => one.attributes('href'))).toEqual([
    '/staff-quarantine',
    '/staff-set-apart',
    '/staff-door',
    '/staff-second-reviews',
  ])
})

test('nothing is shown while all is well, and nothing of an alert that only a newer server knows', async () => {
  expect((await show([])).text()).toBe('')
  expect((await show([{ ...campaign, kind: 'otro', count: 3 }])).text()).toBe('')
})

test('a second review with days left is counted and is no alert', async () => {
  const by = '2036-12-15T05:59:59+00:00'
  const one = { ...campaign, kind: 'second_review', count: 2, soon: 0, by }
  const screen = await show([one, { ...one, count: 1, by: '2036-12-20T05:59:59+00:00' }])
  expect(screen.text()).toBe('')
  expect(useDeskAlertsStore().secondReviews).toEqual({ count: 3, soon: 0, by })
})
