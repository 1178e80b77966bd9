// @vitest-environment happy-dom
/** The alerts of the desk: their counts, where they are settled, and silence while all is well. */
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { DeskAlert } from '@/domain/staffRows'
import DeskAlerts from './DeskAlerts.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const campaign = { convocatoria_id: 'c1', convocatoria_title: 'Jornadas' }
async function show(items: object[]) {
  rpc.mockResolvedValue({ items })
  const stub = { template: '<p />' }
  const routes = ['', 'staff-quarantine', 'staff-set-apart', 'staff-door'].map((name) => ({
    path: `/${name}`,
    name: name || 'root',
    component: stub,
  }))
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
  ]
  const screen = await show(alerts)
  const words = screen.findAll('li p').map((one) => one.text())
  expect(words).toEqual([
    'En una hora pasaron 75 envíos a cuarentena en «Jornadas».',
    '1 inscripción sin confirmar espera al equipo en «Jornadas»: es de Secretaría de Ejemplo.',
    'Grupo 1 · Segunda Jornada: 40 personas en lista de espera y cupo de 60.',
  ])
  expect(screen.findAll('a').map((one) => one.attributes('href'))).toEqual([
    '/staff-quarantine',
    '/staff-set-apart',
    '/staff-door',
  ])
})

test('nothing is shown while all is well, and nothing of an alert that only a newer server knows', async () => {
  expect((await show([])).text()).toBe('')
  expect((await show([{ ...campaign, kind: 'otro', count: 3 }])).text()).toBe('')
})
