// @vitest-environment happy-dom
/** «Tu cuenta»: what each part shows while it waits, when it fails, without signal, and when it is done. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { Fault } from '@/domain/fault'
import type { MySession } from '@/domain/people'
import CuentaView from './CuentaView.vue'

const { auth, rpc, refreshSession } = vi.hoisted(() => ({
  auth: {
    readMySession: vi.fn(),
    changePassword: vi.fn(),
    signOutOthers: vi.fn(),
    beginFactor: vi.fn(),
    giveCode: vi.fn(),
  },
  rpc: vi.fn<(name: string) => Promise<unknown>>(),
  refreshSession: vi.fn(),
}))
vi.mock('@/data/staff/account', () => auth)
vi.mock('@/data/staff/auth', () => ({ signOut: vi.fn() }))
vi.mock('@/data/rpc', () => ({ rpcGet: () => Promise.resolve({}) }))
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc, auth: { refreshSession } },
  answerOf: (call: unknown) => call,
}))

const account = (change: Partial<MySession> = {}): MySession => ({
  step: 'ready',
  has_factor: true,
  is_required: false,
  codes_left: 3,
  ...change,
})

async function open(): Promise<VueWrapper> {
  const Empty = { render: () => h('p') }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/equipo/cuenta', name: 'staff-account', component: CuentaView },
      { path: '/equipo', name: 'staff-sign-in', component: Empty },
    ],
  })
  await router.push('/equipo/cuenta')
  const screen = mount(RouterView, { global: { plugins: [router, createPinia()] }, attachTo: document.body })
  await flushPromises()
  return screen
}
const press = async (screen: VueWrapper, text: string, within = 'button') => {
  await screen
    .findAll(within)
    .find((one) => one.text() === text)!
    .trigger('click')
  await flushPromises()
}
const alerts = (screen: VueWrapper) =>
  screen
    .findAll('[role=alert]')
    .map((one) => one.text())
    .join(' ')

beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = () => {}
  document.body.innerHTML = ''
})

test('the page shows nothing of the account while it waits, and everything once it is read', async () => {
  let answer: (read: MySession) => void = () => undefined
  auth.readMySession.mockReturnValue(new Promise((done) => (answer = done)))
  const screen = await open()
  expect(screen.findAll('h2')).toHaveLength(0)
  answer(account())
  await flushPromises()
  expect(screen.findAll('h2').length).toBeGreaterThanOrEqual(3)
  expect(screen.text()).toContain('Te quedan 3 códigos')
})

test.each([
  ['offline', 'necesitan señal'],
  ['server', 'No pudimos'],
  ['auth', 'sesión'],
])('a page that cannot be read (%s) says so, and a second try shows the account', async (code, words) => {
  auth.readMySession.mockRejectedValueOnce(new Fault(code, code !== 'auth'))
  const screen = await open()
  expect(screen.text()).toContain(words)
  expect(screen.find('#password-title').exists()).toBe(false)
  if (code === 'auth') return
  auth.readMySession.mockResolvedValue(account())
  await press(screen, 'Intentar de nuevo')
  expect(screen.find('#password-title').exists()).toBe(true)
})

const NEW = 'grapa turquesa lámpara'
async function change(screen: VueWrapper) {
  await screen.find('#present-password').setValue('la de ahora')
  await screen.find('#new-password').setValue(NEW)
  await screen.find('form').trigger('submit')
  await flushPromises()
}

test('a password is changed once, however often the button is pressed, and the fields are empty afterwards', async () => {
  auth.readMySession.mockResolvedValue(account())
  let done: () => void = () => undefined
  auth.changePassword.mockReturnValue(new Promise<void>((end) => (done = end)))
  const screen = await open()
  await change(screen)
  await screen.find('form').trigger('submit')
  expect(auth.changePassword).toHaveBeenCalledTimes(1)
  expect(screen.text()).not.toContain('Tu contraseña cambió')
  done()
  await flushPromises()
  expect(screen.text()).toContain('Tu contraseña cambió')
  expect(screen.find<HTMLInputElement>('#present-password').element.value).toBe('')
})

test.each([
  ['auth_invalid_credentials', '#present-password-error', 'no es tu contraseña actual'],
  ['password_same', '#new-password-error', 'misma que ya tenías'],
  ['attempts_too_many', '#new-password-error', 'intentos'],
  ['offline', '#new-password-error', 'señal'],
])(
  'a password that is not changed (%s) says why at its field and keeps what was written',
  async (code, at, words) => {
    auth.readMySession.mockResolvedValue(account())
    auth.changePassword.mockRejectedValue(new Fault(code, code === 'offline'))
    const screen = await open()
    await change(screen)
    expect(screen.find(at).text()).toContain(words)
    expect(screen.find<HTMLInputElement>('#new-password').element.value).toBe(NEW)
    expect(screen.text()).not.toContain('Tu contraseña cambió')
  },
)

test('other sessions end, or the page says why they did not', async () => {
  auth.readMySession.mockResolvedValue(account())
  const screen = await open()
  auth.signOutOthers.mockRejectedValueOnce(new Fault('offline', true))
  await press(screen, 'Cerrar las otras sesiones')
  expect(alerts(screen)).toContain('señal')
  expect(screen.text()).not.toContain('Las otras sesiones terminaron')
  auth.signOutOthers.mockResolvedValueOnce(undefined)
  await press(screen, 'Cerrar las otras sesiones')
  expect(alerts(screen)).toBe('')
  expect(screen.text()).toContain('Las otras sesiones terminaron')
})

test('the second factor is turned off after a confirmation, and stays on when the server refuses', async () => {
  auth.readMySession.mockResolvedValue(account())
  const screen = await open()
  await press(screen, 'Quitar el segundo paso')
  expect(rpc).not.toHaveBeenCalled()
  rpc.mockRejectedValueOnce(new Fault('offline', true))
  await press(screen, 'Quitar el segundo paso', 'dialog .button-danger')
  expect(alerts(screen)).toContain('señal')
  expect(screen.text()).toContain('Está activado.')
  rpc.mockResolvedValue({ removed: true })
  auth.readMySession.mockResolvedValue(account({ has_factor: false }))
  await press(screen, 'Quitar el segundo paso', 'dialog .button-danger')
  expect(refreshSession).toHaveBeenCalledTimes(1)
  expect(screen.text()).toContain('El segundo paso está desactivado.')
})

test('a factor that the institution demands cannot be turned off', async () => {
  auth.readMySession.mockResolvedValue(account({ is_required: true }))
  const screen = await open()
  expect(screen.text()).toContain('lo pide a todo el equipo')
  expect(screen.findAll('section > button').map((one) => one.text())).toEqual([
    'Hacer códigos nuevos',
    'Cerrar las otras sesiones',
  ])
})

test.each(['offline', 'server'])('a factor that cannot be prepared (%s) says why', async (code) => {
  auth.readMySession.mockResolvedValue(account({ has_factor: false }))
  auth.beginFactor.mockRejectedValue(new Fault(code, true))
  const screen = await open()
  await press(screen, 'Activar el segundo paso')
  expect(alerts(screen)).toContain('No pudimos preparar el código.')
})

test('new recovery codes are shown until they are kept', async () => {
  auth.readMySession.mockResolvedValue(account())
  rpc.mockResolvedValue({ codes: ['abcde-12345-fghjk'] })
  const screen = await open()
  await press(screen, 'Hacer códigos nuevos')
  await press(screen, 'Hacer códigos nuevos', 'dialog button')
  expect(screen.text()).toContain('abcde-12345-fghjk')
  await press(screen, 'Ya los guardé')
  expect(screen.text()).not.toContain('abcde-12345-fghjk')
})
