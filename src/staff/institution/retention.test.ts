// @vitest-environment happy-dom
/** The part «Conservación» of the institution, and the page of the receipts, with a server that a test plays. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { Fault } from '@/domain/fault'
import BorradosView from '../deletions/BorradosView.vue'
import InstitutoView from './InstitutoView.vue'
import { settingsOf } from './testing/settings'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpcGet: () => Promise.resolve({}) }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const outlook = {
  days: 30,
  counts: { contacts: 7, unselected: 1, attendance: 0, withdrawn: 2, licences: 0, records: 0 },
}
const serve = (answers: Record<string, () => unknown>) =>
  rpc.mockImplementation(async (name) => answers[name]?.() ?? Promise.reject(new Fault('server', true)))
const calls = (name: string) => rpc.mock.calls.filter(([called]) => called === name).map(([, args]) => args)

async function open(path: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/instituto', name: 'staff-institution', component: InstitutoView },
      { path: '/borrados', name: 'staff-deletions', component: BorradosView },
      { path: '/', name: 'staff-sign-in', component: { render: () => h('p') } },
    ],
  })
  await router.push(path)
  const screen = mount(RouterView, {
    global: { plugins: [router, createPinia()] },
    attachTo: document.body,
  })
  await flushPromises()
  return screen
}

beforeEach(() => {
  vi.resetAllMocks()
  document.body.innerHTML = ''
})

test('the periods show what the next thirty days delete, and saving one counts again', async () => {
  serve({
    institution_settings: settingsOf,
    retention_outlook: () => outlook,
    save_institution: () => settingsOf({ version: 4 }),
  })
  const screen = await open('/instituto?parte=retention')
  expect(screen.findAll('.institution-parts input')).toHaveLength(5)
  const soon = screen.findAll('.retention-soon').map((line) => line.text())
  expect(soon[0]).toBe('En los próximos 30 días se borrará: nombre y correo de 7 envíos.')
  expect(soon[1]).toContain('1 video que no se eligió')
  expect(soon[2]).toBe('En los próximos 30 días se borrará: nada.')
  await screen.find('#keep_contacts_months').setValue('6')
  await screen.find('.page-bar button').trigger('click')
  await flushPromises()
  expect(calls('save_institution')).toEqual([{ p_expected_version: 3, p_data: { keep_contacts_months: 6 } }])
  expect(calls('retention_outlook')).toHaveLength(2)
})

test.each([
  ['keep_contacts_months', '0'],
  ['keep_contacts_months', '37'],
  ['keep_videos_days', '14'],
  ['keep_attendance_months', '61'],
  ['keep_withdrawn_days', '1'],
  ['keep_records_years', '4'],
  ['keep_records_years', 'diez'],
])('%s of %s is refused at its field and nothing is sent', async (field, value) => {
  serve({ institution_settings: settingsOf, retention_outlook: () => outlook })
  const screen = await open('/instituto?parte=retention')
  await screen.find(`#${field}`).setValue(value)
  await screen.find('.page-bar button').trigger('click')
  await flushPromises()
  expect(screen.find(`#${field}-error`).text()).toContain('no se puede usar')
  expect(calls('save_institution')).toEqual([])
})

test('without the figures the periods can still be changed, and the page says so', async () => {
  serve({ institution_settings: settingsOf })
  const screen = await open('/instituto?parte=retention')
  expect(screen.text()).toContain('No pudimos calcular')
  expect(screen.findAll('.institution-parts input')).toHaveLength(5)
})

test('a receipt says the day, what, of which campaign, after which period and how many', async () => {
  const receipt = { on_day: '2027-03-04', last_at: '2027-03-04T12:00:00Z', convocatoria_title: 'Consulta' }
  serve({
    deletion_receipts: () => ({
      items: [
        { ...receipt, id: 2, rule: 'contacts', amount: 12, deleted: 40 },
        { ...receipt, id: 1, rule: 'files', amount: null, deleted: 1, convocatoria_title: null },
      ],
    }),
  })
  const screen = await open('/borrados')
  const rows = screen.findAll('tbody tr').map((row) => row.text())
  expect(rows[0]).toMatch(/4 de marzo de 2027.*Nombres y correos.*Consulta.*12 meses.*40/su)
  expect(rows[1]).toMatch(/Archivos de video.*ya no existe/su)
})

test('an institution that deleted nothing says so', async () => {
  serve({ deletion_receipts: () => ({ items: [] }) })
  const screen = await open('/borrados')
  expect(screen.text()).toContain('Todavía no se ha borrado nada')
  expect(screen.find('table').exists()).toBe(false)
})
