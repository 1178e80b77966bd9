// @vitest-environment happy-dom
/** The setting that demands a second factor of everybody: while it is saved, when that fails, without signal, and done. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { Fault } from '@/domain/fault'
import InstitutoView from './InstitutoView.vue'
import { settingsOf } from './testing/settings'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpcGet: () => Promise.resolve({}) }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const serve = (answers: Record<string, () => unknown>) =>
  rpc.mockImplementation(async (name) => answers[name]?.() ?? Promise.reject(new Fault('server', true)))
const saves = () => rpc.mock.calls.filter(([name]) => name === 'save_institution').map(([, args]) => args)

async function open(): Promise<VueWrapper> {
  const Empty = { render: () => h('p') }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/instituto', name: 'staff-institution', component: InstitutoView },
      { path: '/cuenta', name: 'staff-account', component: Empty },
      { path: '/', name: 'staff-sign-in', component: Empty },
    ],
  })
  await router.push('/instituto?parte=access')
  const screen = mount(RouterView, { global: { plugins: [router, createPinia()] }, attachTo: document.body })
  await flushPromises()
  return screen
}
const box = (screen: VueWrapper) => screen.find<HTMLInputElement>('#require_aal2')
async function demand(screen: VueWrapper) {
  await box(screen).setValue(true)
  await screen.find('.page-bar button').trigger('click')
  await flushPromises()
}

beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = () => {}
  document.body.innerHTML = ''
})

test('the setting says how many have no second factor, and leads to one’s own', async () => {
  serve({ institution_settings: () => settingsOf({ without_factor: 2, own_factor: false }) })
  const screen = await open()
  expect(box(screen).element.checked).toBe(false)
  expect(screen.find('.notice-info').text()).toContain('2')
  expect(screen.find('a[href="/cuenta"]').exists()).toBe(true)
  serve({ institution_settings: () => settingsOf({ without_factor: 0, own_factor: true }) })
  const ready = await open()
  expect(ready.find('.notice-good').exists()).toBe(true)
  expect(ready.find('a[href="/cuenta"]').exists()).toBe(false)
})

test('the setting is sent once and alone, and said when it is saved', async () => {
  let answer: (saved: unknown) => void = () => undefined
  serve({ institution_settings: settingsOf, save_institution: () => new Promise((done) => (answer = done)) })
  const screen = await open()
  await demand(screen)
  await screen.find('.page-bar button').trigger('click')
  expect(saves()).toEqual([{ p_expected_version: 3, p_data: { require_aal2: true } }])
  expect(
    screen.find('.institution-saved').exists() &&
      screen.find('.institution-saved').text().includes('Se guardó'),
  ).toBe(false)
  const saved = settingsOf({ version: 4 })
  saved.data.require_aal2 = true
  answer(saved)
  await flushPromises()
  expect(screen.find('.institution-saved').text()).toContain('Se guardó')
  expect(box(screen).element.checked).toBe(true)
})

test.each(['offline', 'server', 'own_factor_first'])(
  'a setting that is not saved (%s) says so, and the choice stays on the screen',
  async (code) => {
    serve({
      institution_settings: settingsOf,
      save_institution: () => Promise.reject(new Fault(code, code !== 'own_factor_first')),
    })
    const screen = await open()
    await demand(screen)
    expect(
      screen
        .findAll('[role=alert]')
        .map((one) => one.text())
        .join('').length,
    ).toBeGreaterThan(10)
    expect(box(screen).element.checked).toBe(true)
    expect(screen.text()).not.toContain('Se guardó')
  },
)
