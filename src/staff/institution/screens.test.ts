// @vitest-environment happy-dom
/** The states of the two screens of the institution, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { Fault } from '@/domain/fault'
import ConfigurarView from './ConfigurarView.vue'
import InstitutoView from './InstitutoView.vue'
import { emptySettings, settingsOf } from './testing/settings'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpcGet: () => Promise.resolve({}) }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

/** What the server answers, by the name of the function. */
const serve = (answers: Record<string, () => unknown>) =>
  rpc.mockImplementation(async (name) => answers[name]?.() ?? Promise.reject(new Fault('server', true)))

const Empty = { render: () => h('p') }

async function open(path: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/configurar', name: 'staff-setup', component: ConfigurarView },
      { path: '/instituto', name: 'staff-institution', component: InstitutoView },
      { path: '/bandeja', name: 'staff-queue', component: Empty },
      { path: '/', name: 'staff-sign-in', component: Empty },
    ],
  })
  await router.push(path)
  const screen = mount(RouterView, {
    global: { plugins: [router, createPinia()] },
    attachTo: document.body,
  })
  await flushPromises()
  return { screen, router }
}

beforeEach(() => {
  vi.resetAllMocks()
  HTMLDialogElement.prototype.showModal = () => {}
  document.body.innerHTML = ''
})

const calls = (name: string) => rpc.mock.calls.filter(([called]) => called === name).map(([, args]) => args)

test('an empty project shows five fields, and an empty form sends nothing and lists all five', async () => {
  serve({ institution_settings: emptySettings })
  const { screen } = await open('/configurar')
  expect(screen.findAll('input, textarea')).toHaveLength(5)
  await screen.find('form').trigger('submit')
  await flushPromises()
  expect(screen.findAll('.error-summary li')).toHaveLength(5)
  expect(calls('save_institution')).toEqual([])
})

test('the five answers are sent as they stand, and the desk opens', async () => {
  serve({
    institution_settings: emptySettings,
    save_institution: () => settingsOf({ version: 1 }),
    staff_me: () => ({ user_id: 'a', name: 'A', roles: [], needs_setup: false }),
  })
  const { screen, router } = await open('/configurar')
  for (const field of ['name', 'short_name', 'transparency_unit'])
    await screen.find(`#${field}`).setValue(field)
  for (const field of ['email', 'mail_from']) await screen.find(`#${field}`).setValue('a@b.mx')
  await screen.find('form').trigger('submit')
  await flushPromises()
  expect(calls('save_institution')).toEqual([
    {
      p_expected_version: 0,
      p_data: {
        name: 'name',
        short_name: 'short_name',
        email: 'a@b.mx',
        transparency_unit: 'transparency_unit',
        mail_from: 'a@b.mx',
      },
    },
  ])
  await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('staff-queue'), { timeout: 20_000 })
})

test('a project that has a name leads from the set-up to its settings', async () => {
  serve({ institution_settings: settingsOf })
  const { router } = await open('/configurar')
  await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('staff-institution'), {
    timeout: 20_000,
  })
})

test('a refusal of the server stands at its field, and what was written stays', async () => {
  serve({
    institution_settings: settingsOf,
    save_institution: () =>
      Promise.reject(Object.assign(new Fault('email_invalid', false), { details: { field: 'mail_from' } })),
  })
  const { screen } = await open('/instituto?parte=mail')
  await screen.find('#mail_from').setValue('otro@instituto.example')
  await screen.find('.page-bar button').trigger('click')
  await flushPromises()
  expect(screen.find('#mail_from-error').text()).toContain('Ese correo')
  expect(screen.find<HTMLInputElement>('#mail_from').element.value).toBe('otro@instituto.example')
})

test('days are saved after the settings, with the version that those made', async () => {
  serve({
    institution_settings: settingsOf,
    save_institution: () => settingsOf({ version: 4 }),
    save_holidays: () => settingsOf({ version: 5 }),
  })
  const { screen, router } = await open('/instituto?parte=limits')
  await screen.find('#grace_hours').setValue('24')
  await router.push('/instituto?parte=calendar')
  await screen.find('.stack-s .button').trigger('click') // the official days of this year
  await screen.find('.page-bar button').trigger('click')
  await flushPromises()
  expect(calls('save_institution')).toEqual([{ p_expected_version: 3, p_data: { grace_hours: 24 } }])
  expect(calls('save_holidays')).toMatchObject([
    { p_expected_version: 4, p_days: [{ day: '2026-09-16' }, { day: '2026-12-25' }] },
  ])
  expect(screen.find('.institution-saved').text()).toContain('Se guardó')
})

test('when somebody saved first both versions are shown, and keeping mine keeps what only they changed', async () => {
  const theirs = settingsOf({ version: 4 })
  theirs.data.help_text = 'Otra persona'
  let reads = 0
  let saves = 0
  serve({
    institution_settings: () => (++reads === 1 ? settingsOf() : theirs),
    save_institution: () =>
      ++saves === 1 ? Promise.reject(new Fault('conflict', false)) : settingsOf({ version: 5 }),
  })
  const { screen } = await open('/instituto?parte=contact')
  await screen.find('#phone').setValue('722')
  await screen.find('.page-bar button').trigger('click')
  await flushPromises()
  const shown = screen.findAll('dd').map((value) => value.text())
  expect(shown.filter((value) => value === 'Otra persona')).toHaveLength(1) // theirs, which mine does not undo
  expect(shown).toContain('722')
  await screen.findAll('.stack-s .button')[0]!.trigger('click')
  await flushPromises()
  expect(calls('save_institution').at(-1)).toEqual({ p_expected_version: 4, p_data: { phone: '722' } })
})

test.each([
  ['offline', 'necesitan señal'],
  ['server', 'No pudimos'],
])('while the settings cannot be read (%s) the page says so and shows no form', async (code, words) => {
  rpc.mockRejectedValue(new Fault(code, true))
  const { screen } = await open('/instituto')
  expect(screen.text()).toContain(words)
  expect(screen.find('.institution-parts').exists()).toBe(false)
})

test('a colour that would not be read shows the one that is used, with its contrast', async () => {
  serve({ institution_settings: settingsOf })
  const { screen } = await open('/instituto')
  await screen.find('#accent').setValue('#ffe600')
  const said = screen.findAll('.accent-schemes li').map((line) => line.text())
  expect(said).toHaveLength(2)
  for (const line of said) expect(Number(/([\d.]+) a 1/u.exec(line)![1])).toBeGreaterThanOrEqual(4.5)
  expect(screen.text()).toContain('no se leería bien')
})

test('a page with unsaved changes asks before it is left, and one without them does not', async () => {
  serve({ institution_settings: settingsOf })
  const { screen, router } = await open('/instituto?parte=contact')
  await screen.find('#phone').setValue('722')
  await router.push('/instituto?parte=mail') // another part of the same page keeps what was written
  await router.push('/bandeja')
  expect(router.currentRoute.value.name).toBe('staff-institution')
  await screen.find('dialog .button-danger').trigger('click')
  await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('staff-queue'), { timeout: 20_000 })
  await router.push('/instituto')
  await flushPromises()
  await router.push('/bandeja')
  expect(router.currentRoute.value.name).toBe('staff-queue')
})
