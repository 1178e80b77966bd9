// @vitest-environment happy-dom
/** The registrations that wait for staff, and the act that confirms a person, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db, type OutboxOp } from '@/data/db'
import type { StaffItem } from '@/domain/staffRows'
import words from '@/i18n/es-MX/jornadasStaff.json'
import { translator } from '@/i18n/translator'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import ConfirmPerson from '../ConfirmPerson.vue'
import SetApartView from './SetApartView.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const t = translator(words)
const BODIES = [
  { id: 'b1', name: 'Secretaría de Ejemplo', count: 2 },
  { id: 'b2', name: 'Ayuntamiento de Ejemplo', count: 1 },
]
let waiting: { id: string; body: string }[]
const calls = (name: string) => rpc.mock.calls.filter(([called]) => called === name).map(([, args]) => args)

async function open(mayAct = true) {
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(mayAct)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: SetApartView },
      { path: '/revision/:id', name: 'staff-review', component: SetApartView },
      { path: '/equipo/bandeja', component: SetApartView },
    ],
  })
  await router.push('/')
  const screen = mount(SetApartView, { global: { plugins: [router] } })
  await flushPromises()
  return screen
}

beforeEach(async () => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  await Promise.all(db.tables.map((table) => table.clear()))
  waiting = [
    { id: '1', body: 'b1' },
    { id: '2', body: 'b1' },
    { id: '3', body: 'b2' },
  ]
  rpc.mockReset()
  rpc.mockImplementation((name, args) => {
    const { p_body = null, p_ids = [] } = args as { p_body?: string | null; p_ids?: string[] }
    if (name === 'admit_registrations') {
      waiting = waiting.filter(({ id }) => !p_ids.includes(id))
      return Promise.resolve({ admitted: p_ids.length })
    }
    const items = waiting.filter(({ body }) => !p_body || body === p_body)
    const rows = items.map(({ id }) => ({
      id,
      folio: `JO-${id}`,
      received_at: '2026-11-20T12:00:00Z',
      display_name: `Persona ${id}`,
      part_label: 'Secretaría de Ejemplo',
      has_email: id !== '3',
    }))
    return Promise.resolve({ items: rows, next: null, bodies: waiting.length ? BODIES : [] })
  })
})

describe('the registrations that wait for staff', () => {
  test('name the person, and that no letter can reach one', async () => {
    const screen = await open()
    expect(screen.text()).toContain('Persona 1')
    expect(screen.findAll('li').map((one) => one.text().includes(t('apart.no_email')))).toEqual([
      false,
      false,
      true,
    ])
  })

  test('of one body are admitted together with one tick and one press', async () => {
    const screen = await open()
    await screen.find('select').setValue('b1')
    await flushPromises()
    expect(calls('list_set_apart').at(-1)).toMatchObject({ p_body: 'b1', p_after: null })
    await screen.find('#apart-all').setValue(true)
    await screen
      .findAll('button')
      .find((one) => one.text() === t('apart.admit'))!
      .trigger('click')
    await flushPromises()
    expect(calls('admit_registrations')).toEqual([{ p_ids: ['1', '2'] }])
    expect(screen.text()).toContain(t('apart.admitted', { count: 2 }))
    expect(screen.text()).toContain('Persona 3')
  })

  test('are only read by whoever may not decide', async () => {
    const screen = await open(false)
    expect(screen.text()).toContain('JO-1')
    expect(screen.findAll('input')).toHaveLength(0)
  })

  test('are none when nobody waits', async () => {
    waiting = []
    expect((await open()).text()).toContain(t('apart.empty_title'))
  })
})

describe('a person', () => {
  const item = (over: object = {}, content: object = {}) =>
    ({
      id: 's1',
      kind: 'jornadas',
      convocatoria_id: 'c1',
      state: 'received',
      has_email: true,
      content: { confirmed_at: null, ...content },
      ...over,
    }) as StaffItem<'jornadas'>
  const show = (one: StaffItem<'jornadas'>, ops: Partial<OutboxOp>[] = [], mayAct = true) => {
    const session = useStaffSessionStore()
    vi.spyOn(session, 'can').mockReturnValue(mayAct)
    vi.spyOn(session, 'ops', 'get').mockReturnValue(ops as OutboxOp[])
    return mount(ConfirmPerson, { props: { item: one } })
  }
  const button = t('person.confirm')

  test('is confirmed after a question, by an op that is saved without a signal', async () => {
    const screen = show(item())
    expect(screen.text()).toContain(t('person.unconfirmed'))
    await screen
      .findAll('button')
      .find((one) => one.text() === button)!
      .trigger('click')
    expect(await db.outbox.count()).toBe(0)
    await screen
      .findAll('button')
      .find((one) => one.text() === t('person.yes'))!
      .trigger('click')
    await vi.waitFor(async () =>
      expect(await db.outbox.toArray()).toMatchObject([
        { kind: 'registration.confirm', v: 1, entity_id: 's1', payload: {} },
      ]),
    )
  })

  test.each<[string, StaffItem<'jornadas'>, Partial<OutboxOp>[], boolean, string]>([
    ['confirmed', item({}, { confirmed_at: '2026-11-20T12:00:00Z' }), [], true, 'Persona confirmada el'],
    ['that no letter reaches', item({ has_email: false }), [], false, t('person.no_email')],
    ['of a withdrawn registration', item({ state: 'withdrawn' }), [], true, t('person.unconfirmed')],
    [
      'whose confirmation waits for a signal',
      item(),
      [{ kind: 'registration.confirm', entity_id: 's1', actor: '', state: 'queued' }],
      true,
      t('person.saved'),
    ],
    [
      'whose confirmation was refused',
      item(),
      [
        {
          kind: 'registration.confirm',
          entity_id: 's1',
          actor: '',
          state: 'needs_person',
          code: 'not_allowed',
        },
      ],
      true,
      t('person.refused'),
    ],
  ])('%s is not confirmed again', (_, one, ops, mayAct, expected) => {
    const screen = show(one, ops, mayAct)
    expect(screen.text()).toContain(expected)
    expect(screen.findAll('button').map((each) => each.text())).not.toContain(button)
  })

  test('of a copy that an older version kept says nothing about it', () =>
    expect(show(item({}, { confirmed_at: undefined })).text()).not.toContain(t('person.unconfirmed')))
})
