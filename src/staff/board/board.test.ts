// @vitest-environment happy-dom
/** The states of the board, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { db } from '@/data/db'
import { SESSION_KEY } from '@/data/staff/session'
import { keepBoard } from '@/data/staff/keptBoards'
import { sessionOf } from '@/data/testing/staffServer'
import type { CampaignBoard } from '@/domain/board'
import { Fault } from '@/domain/fault'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import BoardView from './BoardView.vue'
import { boardOf, workOf } from './testing/board'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpcGet: () => Promise.resolve({}) }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))
vi.mock('../offline/keepFiles', () => ({ keepStaffFiles: () => Promise.resolve(true) }))

const serve = (answer: () => CampaignBoard | Promise<never>) =>
  rpc.mockImplementation(async (name) => (name === 'campaign_board' ? answer() : {}))
const refuse = (code: string) => serve(() => Promise.reject(new Fault(code, code === 'offline')))

const Empty = { render: () => h('p') }
const named = (name: string, path: string) => ({ path, name, component: Empty })

async function open() {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/campanas/:id/tablero', name: 'staff-board', component: BoardView },
      named('staff-campaigns', '/campanas'),
      named('staff-campaign', '/campanas/:id'),
      named('staff-queue', '/bandeja'),
      named('staff-quarantine', '/cuarentena'),
      named('staff-institution', '/instituto'),
      named('staff-letters', '/cartas'),
      named('staff-sign-in', '/'),
    ],
  })
  await router.push('/campanas/c1/tablero')
  const pinia = createPinia()
  useStaffSessionStore(pinia).open({ user_id: 'ana', email: 'ana@instituto.example' })
  const screen = mount(RouterView, { global: { plugins: [router, pinia] }, attachTo: document.body })
  await vi.waitFor(() => expect(screen.find('.skeleton').exists()).toBe(false))
  await flushPromises()
  return screen
}

beforeEach(async () => {
  vi.resetAllMocks()
  document.body.innerHTML = ''
  await Promise.all([db.meta.clear(), db.auth.clear()])
  await db.auth.put({ key: SESSION_KEY, value: JSON.stringify(sessionOf('ana-token')) })
})

const card = (screen: Awaited<ReturnType<typeof open>>, title: string) =>
  screen.findAll('section').find((one) => one.find('h2').text() === title)!

test('each figure leads to its list, and the work says until when and who has it', async () => {
  serve(() => boardOf())
  const screen = await open()
  expect(screen.find('.board-figures').text()).toMatch(/Recibidas\s*78\s*\+27 hoy/u)
  const links = screen.findAll('.board-figures a').map((link) => link.attributes('href'))
  expect(links).toEqual([
    '/bandeja?convocatoria=c1&ver=all',
    '/bandeja?convocatoria=c1',
    '/bandeja?convocatoria=c1&ver=published',
    '/bandeja?convocatoria=c1&ver=rejected',
  ])
  const work = card(screen, 'Pendientes con fecha')
  expect(work.findAll('li').map((line) => line.find('b').text())).toEqual(['40', '9', '2'])
  expect(work.text()).toContain('A más tardar el vie 18 dic: quedan 12 días hábiles · 28 sin asignar')
  expect(work.text()).toContain('28 sin asignar · Lucía: 12')
  expect(work.text()).toContain('3 vencen el vie')
})

test.each([
  [-2, 'Atrasadas', 'board-bad'],
  [0, 'Vencen hoy', 'board-bad'],
  [1, 'queda 1 día hábil', 'board-warn'],
  [4, 'quedan 4 días hábiles', 'board-plain'],
])('with %i business days left the work says so in words', async (days_left, words, tone) => {
  serve(() => boardOf({ work: workOf({ days_left }) }))
  const line = card(await open(), 'Pendientes con fecha').find('li')
  expect(line.text()).toContain(words)
  expect(line.find('b').classes()).toContain(tone)
})

test('a chart is summed up in words, hatches its second series, and opens as a table', async () => {
  serve(() => boardOf())
  const screen = await open()
  const days = card(screen, 'Recibidas y respondidas por día')
  const drawing = days.find('.board-bars')
  expect(drawing.attributes('aria-label')).toMatch(/^En \d+ días llegaron \d+ y se respondieron 33\.$/u)
  expect(
    drawing.findAll('.board-bar-second').every((bar) => bar.attributes('fill')!.startsWith('url(#')),
  ).toBe(true)
  expect(drawing.findAll('.board-value-first').at(-1)!.text()).toBe('27')
  await days.find('button').trigger('click')
  expect(days.find('.board-bars').exists()).toBe(false)
  expect(days.findAll('tbody tr')).toHaveLength(14)
  expect(days.find('tbody tr:last-child').text()).toMatch(/2732?3/u)
})

test('places name how many municipalities sent nothing, and lead to their submissions', async () => {
  serve(() => boardOf())
  const places = card(await open(), 'Cobertura')
  expect(places.text()).toContain('1 de 2 municipios')
  expect(places.find('summary').text()).toBe('1 municipio sin ninguna')
  expect(places.find('a').attributes('href')).toBe('/bandeja?ver=all&convocatoria=c1&municipio=15106')
})

test.each([
  ['nobody said how much there is', { limit: null }, 'Nadie ha dicho cuánto espacio hay'],
  ['it is known', { limit: 10_000_000_000 }, 'alcanza 8 días: hasta el jueves 10 de diciembre de 2026'],
  ['nothing arrives', { limit: 10_000_000_000, week: 0 }, 'así no se llena'],
  ['it is full', { limit: 5_000_000_000 }, 'Ya no queda espacio'],
])('how long the space lasts, when %s', async (_, change, words) => {
  const space = { own: 4e9, own_copies: 1e9, others: 0, insumos: 0, week: 4.2e9, ...change }
  serve(() => boardOf({ space }))
  expect(card(await open(), 'Espacio').text()).toContain(words)
})

test('a campaign that received nothing says what will be here', async () => {
  serve(() => boardOf({ counts: {}, places: null, letters: null, counted_at: null }))
  const screen = await open()
  expect(screen.text()).toContain('Todavía no llega nada')
  expect(screen.find('.board-figures').exists()).toBe(false)
  expect(card(screen, 'Lo que sigue').text()).toContain('Último día para responder')
})

test('without signal the last answer stays, with its hour; a first visit says that it needs signal', async () => {
  refuse('offline')
  const first = await open()
  expect(first.text()).toContain('El tablero necesita señal')
  first.unmount()
  await keepBoard('ana', boardOf())
  const screen = await open()
  expect(screen.text()).toContain(
    'Esto es lo último que se leyó en este dispositivo: miércoles 2 de diciembre de 2026, 10:42',
  )
  expect(screen.find('.board-figures').text()).toContain('78')
})

test('a member who may not read it is told so, and what was kept is gone', async () => {
  await keepBoard('ana', boardOf())
  refuse('not_allowed')
  const screen = await open()
  expect(screen.text()).toContain('Tu cuenta no tiene permiso para ver esto')
  expect(screen.find('.board-figures').exists()).toBe(false)
  await vi.waitFor(async () => expect(await db.meta.count()).toBe(0))
})

test('a failure says so and can be tried again', async () => {
  refuse('server')
  const screen = await open()
  expect(screen.text()).toContain('No pudimos cargar esto')
  serve(() => boardOf())
  await screen.find('button').trigger('click')
  await flushPromises()
  expect(screen.find('.board-figures').text()).toContain('78')
})
