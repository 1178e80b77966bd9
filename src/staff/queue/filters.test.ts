// @vitest-environment happy-dom
/** The filters of the queue on the screen: what they say, what they ask for, and where they lead. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { island as jornadas } from '@/features/jornadas/staff/island'
import { island as propuestas } from '@/features/propuestas/staff/island'
import { registerStaffKinds } from '../kinds'
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
  const routes = ['queue', 'review', 'quarantine', 'sign-in', 'registrations'].map((part) => ({
    name: `staff-${part}`,
    path: part === 'queue' ? '/' : `/staff-${part}`,
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

/** A search that was typed in one test asks in no other. */
afterEach(() => useReviewQueueStore().close())

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

test('a folio of a kind on which nobody decides leads to the list of that kind, and changes no count', async () => {
  registerStaffKinds([jornadas, propuestas])
  const { screen, queue } = await open('/', 'cards')
  const counts = screen.get('.queue-tabs').text()
  queue.search = ' jo 2026 000107 3'
  await flushPromises()
  expect(screen.text()).toContain('JO-2026-000107-3 no está en la bandeja')
  const link = screen.findAll('a').find((one) => one.text() === 'Ver en la lista de inscripciones')!
  expect(link.attributes('href')).toBe('/staff-registrations?folio=JO-2026-000107-3')
  expect(screen.get('.queue-tabs').text()).toBe(counts)
  for (const typed of ['JO-2026-000107-4', 'PR-2026-000107-3', 'Ixtlahuaca']) {
    queue.search = typed
    await flushPromises()
    expect(screen.text()).not.toContain('no está en la bandeja')
  }
})

test('on a phone a button opens the search and the lists to choose from', async () => {
  const { screen } = await open('/', 'cards')
  const find = screen.get('.queue-find')
  const shown = () => [
    find.attributes('aria-expanded'),
    screen.get('#queue-fields').attributes('style') ?? '',
  ]
  expect(shown()).toEqual(['false', 'display: none;'])
  await find.trigger('click')
  expect(shown()).toEqual(['true', ''])
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
