// @vitest-environment happy-dom
/** «Personas»: resetting somebody's second factor, while it waits, when it fails, without signal, and when it is done. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { Fault } from '@/domain/fault'
import type { StaffList, StaffMember } from '@/domain/people'
import PersonasView from './PersonasView.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpcGet: () => Promise.resolve({}) }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const member = (change: Partial<StaffMember> = {}): StaffMember =>
  ({
    id: 'ana',
    name: 'Ana Pérez',
    email: 'ana@instituto.example',
    role: 'moderator',
    active: true,
    is_me: false,
    has_factor: true,
    convocatoria_id: null,
    convocatoria_title: null,
    jornada_id: null,
    ...change,
  }) as StaffMember
const list = (members: StaffMember[], can_manage = true): StaffList =>
  ({ members, invitations: [], can_manage }) as never

/** What the server answers, by the name of the function. */
const serve = (answers: Record<string, () => unknown>) =>
  rpc.mockImplementation(async (name) => answers[name]?.() ?? Promise.reject(new Fault('server', true)))
const resets = () => rpc.mock.calls.filter(([name]) => name === 'reset_second_factor').map(([, args]) => args)

async function open(): Promise<VueWrapper> {
  const Empty = { render: () => h('p') }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/equipo/personas', component: PersonasView },
      { path: '/equipo/invitar', name: 'staff-invite', component: Empty },
      { path: '/equipo', name: 'staff-sign-in', component: Empty },
    ],
  })
  await router.push('/equipo/personas')
  const screen = mount(RouterView, { global: { plugins: [router, createPinia()] }, attachTo: document.body })
  await flushPromises()
  return screen
}
const RESET = 'Quitar su segundo paso'
const ask = (screen: VueWrapper) => screen.findAll('.person > button').find((one) => one.text() === RESET)
async function confirm(screen: VueWrapper) {
  await screen.find('dialog .button-danger').trigger('click') // the first dialog is the reset's
  await flushPromises()
}

beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = () => {}
  document.body.innerHTML = ''
})

test('a reset is asked for twice, sent once, and said when it is done', async () => {
  let answer: (done: StaffMember) => void = () => undefined
  let isReset = false
  serve({
    list_staff: () => list([member({ has_factor: !isReset })]),
    reset_second_factor: () => new Promise<StaffMember>((done) => (answer = done)),
  })
  const screen = await open()
  await ask(screen)!.trigger('click')
  expect(resets()).toEqual([])
  await confirm(screen)
  await confirm(screen) // while the first waits
  expect(resets()).toEqual([{ p_id: 'ana' }])
  expect(screen.find('.notice-good').exists()).toBe(false)
  isReset = true
  answer(member({ has_factor: false }))
  await flushPromises()
  expect(screen.find('.notice-good').text()).toContain('Ana Pérez entra ahora con su contraseña')
  expect(ask(screen)).toBeUndefined()
})

test.each([
  ['offline', true, 'señal'],
  ['server', true, ''],
  ['not_allowed', false, ''],
])('a reset that fails (%s) says why and can be asked for again', async (code, retryable, words) => {
  serve({
    list_staff: () => list([member()]),
    reset_second_factor: () => Promise.reject(new Fault(code, retryable)),
  })
  const screen = await open()
  await ask(screen)!.trigger('click')
  await confirm(screen)
  expect(screen.find('.person [role=alert]').text().length).toBeGreaterThan(10)
  expect(screen.find('.person [role=alert]').text()).toContain(words)
  expect(screen.find('.notice-good').exists()).toBe(false)
  expect(ask(screen)).toBeDefined()
})

test('nobody resets their own factor, one that is not there, or without the right to', async () => {
  serve({ list_staff: () => list([member({ is_me: true }), member({ id: 'b', has_factor: false })]) })
  expect(ask(await open())).toBeUndefined()
  serve({ list_staff: () => list([member()], false) })
  expect(ask(await open())).toBeUndefined()
})

test.each([
  ['offline', 'señal'],
  ['server', 'No pudimos'],
])('a list that cannot be read (%s) says so and shows nobody', async (code, words) => {
  rpc.mockRejectedValue(new Fault(code, true))
  const screen = await open()
  expect(screen.text()).toContain(words)
  expect(screen.find('.person').exists()).toBe(false)
})
