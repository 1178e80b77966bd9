// @vitest-environment happy-dom
/** The quarantine's screen, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { QueueItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import QuarantineView from './QuarantineView.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const item = (id: string) =>
  ({ id, folio: `PR-${id}`, received_at: '2026-11-20T12:00:00Z', excerpt: 'Compre ya' }) as QueueItem
let waiting: string[]
const calls = (name: string) => rpc.mock.calls.filter(([called]) => called === name).map(([, args]) => args)

async function open(canSettle = true) {
  setActivePinia(createPinia())
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(canSettle)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: QuarantineView },
      { path: '/revision/:id', name: 'staff-review', component: QuarantineView },
      { path: '/equipo/bandeja', component: QuarantineView },
    ],
  })
  await router.push('/')
  const screen = mount(QuarantineView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  return screen
}
type Screen = Awaited<ReturnType<typeof open>>
const press = async (screen: Screen, words: string) => {
  const buttons = screen.findAll('button').filter((one) => !one.element.closest('dialog'))
  await buttons.find((one) => one.text() === words)!.trigger('click')
  await flushPromises()
}

beforeEach(() => {
  document.body.innerHTML = ''
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  waiting = ['1', '2', '3']
  rpc.mockReset()
  rpc.mockImplementation((name, args) => {
    if (name === 'list_quarantine')
      return Promise.resolve({ items: waiting.map(item), next: null, count: waiting.length })
    if (name !== 'settle_quarantine') return Promise.resolve({ items: [], next: null, counts: {} })
    const { p_ids } = args as { p_ids: string[] }
    waiting = waiting.filter((id) => !p_ids.includes(id))
    return Promise.resolve({ settled: p_ids.length })
  })
})

test('a page is chosen with one tick and released with one press', async () => {
  const screen = await open()
  await screen.find('#quarantine-all').setValue(true)
  await press(screen, 'Pasar a la bandeja')
  expect(calls('settle_quarantine')).toEqual([{ p_ids: ['1', '2', '3'], p_release: true }])
  expect(screen.text()).toContain('3 envíos pasaron a la bandeja.')
  expect(screen.text()).toContain('No hay nada aquí')
})

test('chosen ones are dismissed after a question, and the others stay', async () => {
  const screen = await open()
  await screen.find('#quarantine-2').setValue(true)
  await press(screen, 'Descartar')
  expect(calls('settle_quarantine')).toEqual([])
  await screen.find('.dialog button').trigger('click')
  await flushPromises()
  expect(calls('settle_quarantine')).toEqual([{ p_ids: ['2'], p_release: false }])
  expect(screen.text()).toContain('PR-1')
  expect(screen.text()).not.toContain('PR-2')
})

test('dismissed ones have their own list, from which they can be released only', async () => {
  const screen = await open()
  await press(screen, 'Descartados')
  expect(calls('list_quarantine').at(-1)).toMatchObject({ p_dismissed: true })
  await screen.find('#quarantine-1').setValue(true)
  const buttons = screen.findAll('button').filter((one) => !one.element.closest('dialog'))
  expect(buttons.map((one) => one.text())).toContain('Pasar a la bandeja')
  expect(buttons.map((one) => one.text())).not.toContain('Descartar')
})

test('whoever reads without deciding sees the list and no boxes', async () => {
  const screen = await open(false)
  expect(screen.text()).toContain('PR-1')
  expect(screen.findAll('input')).toHaveLength(0)
})
