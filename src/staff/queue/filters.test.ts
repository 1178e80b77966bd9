// @vitest-environment happy-dom
/** The filters of the queue on the screen: what they say, what they ask for, and where they lead. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { parseFilter } from './queueFilter'
import QueueList from './QueueList.vue'
import { useReviewQueueStore } from './reviewQueueStore'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpcGet: () => Promise.resolve({ convocatorias: [] }) }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const EMPTY = {
  items: [],
  next: null,
  counts: { received: 12 },
  tabs: { due: 120, mine: 100, unassigned: 3 },
}
const asked = () => rpc.mock.calls.flatMap(([name, args]) => (name === 'review_queue' ? [args] : []))

async function open(path: string, shape: 'table' | 'cards' = 'table') {
  setActivePinia(createPinia())
  const routes = ['staff-queue', 'staff-review', 'staff-quarantine', 'staff-sign-in'].map((name) => ({
    path: name === 'staff-queue' ? '/' : `/${name}`,
    name,
    component: QueueList,
  }))
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const queue = useReviewQueueStore()
  queue.open(parseFilter(router.currentRoute.value.query))
  const screen = mount(QueueList, { props: { shape }, global: { plugins: [router] } })
  await vi.waitFor(() => expect(queue.state).toBe('ready'))
  await flushPromises()
  return { screen, router, queue }
}

beforeEach(() => {
  rpc.mockReset()
  rpc.mockImplementation((name) =>
    name === 'review_queue' ? Promise.resolve(EMPTY) : Promise.reject(new Error()),
  )
})

test('the address asks the server for the filter, and what is chosen stands in words that take it away', async () => {
  const { screen, router } = await open('/?sector=academia&ayuda=no&tarde=true&orden=due&ver=mine')
  expect(asked().at(-1)).toMatchObject({
    p_states: ['received', 'in_review', 'accepted'],
    p_filter: { sector: 'academia', helps: 'no', late: 'true', only: 'mine', order: 'due' },
  })
  const chips = screen.findAll('.filter-chips a')
  expect(chips.map((chip) => chip.text())).toEqual([
    'Sector: Academia',
    '¿Ayuda?: No',
    'Llegada: Llegó tarde',
  ])
  await chips[0]!.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ ver: 'mine', ayuda: 'no', tarde: 'true', orden: 'due' })
})

test('nothing found says by what it was filtered, with the way back to all', async () => {
  const { screen, router } = await open('/?sector=empresa', 'cards')
  expect(screen.text()).toContain('No hay envíos con este filtro: Sector: Empresa.')
  await screen
    .findAll('a')
    .find((link) => link.text() === 'Quitar todos los filtros')!
    .trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({})
})

test('tabs show counts that end at 99+, but the due are exact, and none beside a filter that they do not know', async () => {
  const tabs = (screen: Awaited<ReturnType<typeof open>>['screen']) =>
    screen.findAll('.queue-tabs a').map((tab) => tab.text().replaceAll(/\s+/gu, ' '))
  expect(tabs((await open('/')).screen)).toEqual([
    'Por decidir 12',
    'Vencen hoy o antes 120',
    'Mías 99+',
    'Sin asignar 3',
  ])
  expect(tabs((await open('/?sector=empresa')).screen)[0]).toBe('Por decidir')
})

test('a field puts its choice into the address and keeps the others', async () => {
  const { screen, router } = await open('/?sector=empresa')
  await screen.find('#queue-helps').setValue('partly')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ sector: 'empresa', ayuda: 'partly' })
})

test('an empty page with more to look at is asked on, five times at most, and then says so', async () => {
  rpc.mockImplementation(() => Promise.resolve({ ...EMPTY, next: 'x' }))
  const { screen } = await open('/?sector=empresa')
  expect(asked()).toHaveLength(5)
  expect(screen.text()).toContain('Se buscó en los primeros 5,000 y ninguno coincide.')
  expect(screen.text()).toContain('Ver más')
})
