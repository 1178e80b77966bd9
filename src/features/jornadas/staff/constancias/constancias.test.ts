// @vitest-environment happy-dom
/** Staff issue constancias in bulk, and issue another one or revoke one on the page of a registration. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import type { StaffItem } from '@/domain/staffRows'
import '@/features/kinds'
import words from '@/i18n/es-MX/jornadasConstancias.json'
import { translator } from '@/i18n/translator'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import ConstanciaActs from '../acts/ConstanciaActs.vue'
import ConstanciasView from './ConstanciasView.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args?: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const t = translator(words)
let due: number

beforeEach(async () => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  await Promise.all(db.tables.map((table) => table.clear()))
  due = 150
  rpc.mockReset()
  rpc.mockImplementation((name) => {
    if (name === 'issue_constancias') {
      const issued = Math.min(due, 100)
      due -= issued
      return Promise.resolve({ issued, left: due })
    }
    const item = { convocatoria_id: 'c1', title: 'Taller', rule: 'hours', hours: 4, due, valid: 3, ended: 1 }
    return Promise.resolve({ items: [item] })
  })
})

const openView = async (mayAct: boolean) => {
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(mayAct)
  const blank = { template: '<i/>' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: blank },
      { path: '/i', name: 'staff-registrations', component: blank },
    ],
  })
  const screen = mount(ConstanciasView, { global: { plugins: [router] } })
  await flushPromises()
  return screen
}

test('the coordination issues all that are due, however many calls that takes', async () => {
  const screen = await openView(true)
  expect(screen.text()).toContain(t('rule.hours', { hours: 4 }))
  const button = screen.findAll('button').find((one) => one.text() === t('issue', { count: 150 }))!
  await button.trigger('click')
  await flushPromises()
  expect(rpc.mock.calls.filter(([name]) => name === 'issue_constancias')).toHaveLength(2)
  expect(screen.get('[role=status]').text()).toBe(t('issued', { count: 150 }))
  expect(screen.text()).toContain(words.due_none)
})

test('who may not issue sees the figures alone', async () => {
  const screen = await openView(false)
  expect(screen.text()).toContain(t('valid', { count: 3 }))
  expect(screen.findAll('button').filter((one) => one.text().startsWith('Emitir'))).toEqual([])
})

const registration = (constancia?: object, status = 'attended') =>
  ({
    id: 's1',
    convocatoria_id: 'c1',
    version: 4,
    state: 'received',
    content: { seats: [{ jornada_id: 'd1', status }], ...(constancia && { constancia }) },
  }) as unknown as StaffItem<'jornadas'>
const VALID = { serial: '0123456789', issued_on: '2026-11-22', ended_on: null, ended_as: null, code: null }

function openActs(item: StaffItem<'jornadas'>) {
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(true)
  return mount(ConstanciaActs, { props: { item }, global: { stubs: { RouterLink: RouterLinkStub } } })
}
type Acts = ReturnType<typeof openActs>
const press = (acts: Acts, text: string) =>
  acts
    .findAll('button')
    .findLast((one) => one.text() === text)!
    .trigger('click')

test.each([
  [undefined, words['act.issue'], words['act.issue_yes'], 'constancia.reissue'],
  [VALID, words['act.reissue'], words['act.reissue_yes'], 'constancia.reissue'],
  [VALID, words['act.revoke'], words['act.revoke_yes'], 'constancia.revoke'],
])('with %j «%s» saves an act with its reason and the version that was seen', async (one, act, yes, kind) => {
  const acts = openActs(registration(one))
  await press(acts, act)
  await flushPromises()
  await press(acts, yes)
  expect(await db.outbox.count()).toBe(0) // the reason is missing
  await acts.get('#act-reason').setValue('Una errata.')
  await press(acts, yes)
  await expect
    .poll(() => db.outbox.toArray())
    .toMatchObject([{ kind, entity_id: 's1', payload: { reason: 'Una errata.' }, expected_version: 4 }])
})

test('a revoked constancia says its day and cannot be revoked again; nobody absent has any', () => {
  const acts = openActs(registration({ ...VALID, ended_on: '2026-11-25', ended_as: 'revoked' }))
  expect(acts.text()).toContain('revocada el miércoles 25 de noviembre de 2026')
  expect(acts.text()).not.toContain(words['act.revoke'])
  expect(openActs(registration(undefined, 'confirmed')).text()).toBe('')
})
