// @vitest-environment happy-dom
/** The pages of a member's account, with a Supabase Auth that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { Fault } from '@/domain/fault'
import ContrasenaView from './ContrasenaView.vue'
import OlvideView from './OlvideView.vue'
import SegundoPasoView from './SegundoPasoView.vue'

const auth = vi.hoisted(() => ({
  readMySession: vi.fn(),
  giveCode: vi.fn(),
  giveRecoveryCode: vi.fn(),
  beginFactor: vi.fn(),
  askRecovery: vi.fn(),
  openRecovery: vi.fn(),
  setPassword: vi.fn(),
}))
vi.mock('@/data/staff/account', () => auth)
vi.mock('@/data/staff/auth', () => ({ signOut: vi.fn() }))
vi.mock('@/sync/start', () => ({ syncNow: vi.fn() }))
vi.mock('@/data/rpc', () => ({ rpcGet: () => Promise.resolve({}) }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc: vi.fn() }, answerOf: (call: unknown) => call }))

const Empty = { render: () => h('p') }
const NEW = 'grapa turquesa lámpara'

async function open(path: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/equipo', name: 'staff-sign-in', component: Empty },
      { path: '/equipo/bandeja', name: 'staff-queue', component: Empty },
      { path: '/equipo/instituto', component: Empty },
      { path: '/equipo/segundo-paso', name: 'staff-second-step', component: SegundoPasoView },
      { path: '/equipo/olvide', name: 'staff-forgotten', component: OlvideView },
      { path: '/equipo/contrasena', name: 'staff-new-password', component: ContrasenaView },
    ],
  })
  await router.push(path)
  const screen = mount(RouterView, { global: { plugins: [router, createPinia()] }, attachTo: document.body })
  await flushPromises()
  const fill = async (field: string, text: string) => {
    await screen.find(field).setValue(text)
    await screen.find('form').trigger('submit')
    await flushPromises()
  }
  return { screen, router, fill }
}

const needs = (step: string) =>
  auth.readMySession.mockResolvedValue({
    step,
    has_factor: step === 'verify',
    is_required: true,
    codes_left: 3,
  })

beforeEach(() => {
  vi.resetAllMocks()
  document.body.innerHTML = ''
})

test('the second step takes six digits, says when they are wrong, and goes on to the page that was asked for', async () => {
  needs('verify')
  const { screen, router, fill } = await open('/equipo/segundo-paso?volver=/equipo/instituto')
  expect(screen.find('#code').attributes()).toMatchObject({
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
  })
  await fill('#code', '12')
  expect(auth.giveCode).not.toHaveBeenCalled()
  expect(screen.findAll('.error-summary li')).toHaveLength(1)
  auth.giveCode.mockRejectedValueOnce(new Fault('code_wrong', false))
  await fill('#code', '123 456')
  expect(screen.find('.error-summary').text()).toContain('no es correcto')
  needs('ready')
  await fill('#code', '654321')
  expect(router.currentRoute.value.path).toBe('/equipo/instituto')
})

test('a recovery code takes the place of the phone, and a wrong one is told apart from a wrong digit', async () => {
  needs('verify')
  const { screen, fill } = await open('/equipo/segundo-paso')
  await screen
    .findAll('button')
    .find((one) => one.text() === 'No tengo mi teléfono')!
    .trigger('click')
  await fill('#recovery', 'abcde')
  expect(auth.giveRecoveryCode).not.toHaveBeenCalled()
  auth.giveRecoveryCode.mockRejectedValueOnce(new Fault('code_wrong', false))
  await fill('#recovery', 'abcde-12345-fghjk')
  expect(screen.find('.error-summary').text()).toContain('ya se usó')
})

test('asking for a letter shows the same words for every address', async () => {
  const { screen, fill } = await open('/equipo/olvide')
  await fill('#email', 'nadie')
  expect(auth.askRecovery).not.toHaveBeenCalled()
  await fill('#email', 'nadie@instituto.example')
  expect(screen.find('.notice-good').text()).toContain('Si nadie@instituto.example tiene una cuenta')
})

test('a letter’s link is used only when the new password is given', async () => {
  needs('ready')
  const { screen, fill } = await open('/equipo/contrasena#abc123')
  expect(auth.openRecovery).not.toHaveBeenCalled()
  await fill('#new-password', 'contraseña2026')
  expect(auth.openRecovery).not.toHaveBeenCalled()
  await fill('#new-password', NEW)
  expect(auth.openRecovery).toHaveBeenCalledWith('abc123')
  expect(auth.setPassword).toHaveBeenCalledWith(NEW)
  expect(screen.text()).toContain('Tu contraseña cambió.')
})

test('a member with a second factor gives it before the new password is saved', async () => {
  needs('verify')
  const { screen, fill } = await open('/equipo/contrasena#abc123')
  await fill('#new-password', NEW)
  expect(auth.setPassword).not.toHaveBeenCalled()
  await fill('#code', '123456')
  expect(auth.openRecovery).toHaveBeenCalledTimes(1)
  expect(auth.setPassword).toHaveBeenCalledWith(NEW)
  expect(screen.text()).toContain('Tu contraseña cambió.')
})

test('a link without its token, and one that was used, say what to do', async () => {
  const { screen } = await open('/equipo/contrasena')
  expect(screen.text()).toContain('El enlace está incompleto.')
  auth.openRecovery.mockRejectedValue(new Fault('link_expired', false))
  const used = await open('/equipo/contrasena#abc123')
  await used.fill('#new-password', NEW)
  expect(used.screen.find('.error-summary').text()).toContain('Pide otro')
})
