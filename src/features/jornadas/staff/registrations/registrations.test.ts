// @vitest-environment happy-dom
/** The list of registrations and the acts on somebody's behalf, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db, type OutboxOp } from '@/data/db'
import type { StaffItem } from '@/domain/staffRows'
import type { Jornada, JornadaDay } from '@/features/jornadas/registration'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import AmendAct from '../acts/AmendAct.vue'
import MoveAct from '../acts/MoveAct.vue'
import OwnAct from '../acts/OwnAct.vue'
import ReleaseAct from '../acts/ReleaseAct.vue'
import InscripcionesView from './InscripcionesView.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const DAY = '00000000-0000-4000-8000-0000000b3101'
const NEXT = '00000000-0000-4000-8000-0000000b3102'
const day = (id: string, change: object = {}) =>
  ({
    id,
    group_id: 'g1',
    group_name: 'Grupo 1',
    convocatoria_id: 'c1',
    title: id === DAY ? 'Primera' : 'Segunda',
    on_day: '2099-12-08',
    starts_at: null,
    capacity: 10,
    seats_left: 3,
    counts: { confirmed: 6, attended: 1, offered: 1, waiting: 0 },
    ...change,
  }) as unknown as JornadaDay & Jornada
const seat = (jornada_id = DAY, change: object = {}) => ({
  jornada_id,
  status: 'confirmed',
  place: null,
  offer_until: null,
  pass_code: null,
  ...change,
})
const lineOf = (id: string, seats = [seat()]) => ({
  id,
  folio: `JO-2026-00000${id}-7`,
  version: 1,
  display_name: `Persona ${id}`,
  body_name: 'Secretaría de Ejemplo',
  post: 'Titular',
  seats,
})
const calls = () => rpc.mock.calls.filter(([name]) => name === 'list_registrations').map(([, args]) => args)

beforeEach(async () => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  await Promise.all(db.tables.map((table) => table.clear()))
  rpc.mockReset()
  rpc.mockImplementation((_, args) => {
    const { p_after } = args as { p_after: string | null }
    return Promise.resolve(
      p_after
        ? { items: [lineOf('3')], next: null }
        : {
            items: [lineOf('1'), lineOf('2', [seat(DAY, { status: 'waiting', place: 2 }), seat(NEXT)])],
            next: 'x',
            days: [day(DAY), day(NEXT, { counts: { confirmed: 10, attended: 0, offered: 0, waiting: 4 } })],
          },
    )
  })
})

async function open(address = '/inscripciones') {
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(true)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/inscripciones', name: 'staff-registrations', component: InscripcionesView },
      { path: '/inscripciones/nueva/:id', name: 'staff-registration-enter', component: InscripcionesView },
      { path: '/constancias', name: 'staff-constancias', component: InscripcionesView },
      { path: '/jornadas/:id/cambiar', name: 'staff-reschedule', component: InscripcionesView },
    ],
  })
  await router.push(address)
  const stubs = ['AccountBar', 'RegistrationPane']
  const screen = mount(InscripcionesView, { global: { plugins: [router], stubs } })
  await flushPromises()
  return { screen, router }
}
const press = async (screen: VueWrapper, words: string) => {
  await screen
    .findAll('button')
    .find((one) => one.text() === words)!
    .trigger('click')
  await flushPromises()
}

describe('the list of registrations', () => {
  test('names the person, the body and each day with its seat, and how full the days are', async () => {
    const { screen } = await open()
    const [first, second] = screen.findAll('.reg-row').map((row) => row.text())
    expect(first).toContain('Persona 1')
    expect(first).toContain('Secretaría de Ejemplo')
    expect(first).toContain(t('seat.confirmed'))
    expect(second).toContain(t('seat.waiting', { place: 2 }))
    expect(screen.text()).toContain(t('days.of', { taken: 7, capacity: 10 }))
    expect(screen.text()).toContain(t('days.free', { count: 2 }))
    expect(screen.text()).toContain(t('days.waiting', { count: 4 }))
  })

  test('asks for the day and the status of its address, and shows that day’s seat alone', async () => {
    const { screen, router } = await open(`/inscripciones?dia=${DAY}&estado=waiting`)
    expect(calls()).toEqual([{ p_jornada: DAY, p_status: 'waiting', p_search: null, p_after: null }])
    expect(screen.findAll('.reg-row')[1]!.findAll('.reg-seat')).toHaveLength(1)
    await router.push(`/inscripciones?dia=x&estado=x`)
    await flushPromises()
    expect(calls().at(-1)).toMatchObject({ p_jornada: null, p_status: null })
  })

  test('stands by the status of the chosen day’s seat, with the day’s counts while nothing is left out', async () => {
    const heads = ({ screen }: Awaited<ReturnType<typeof open>>) =>
      screen.findAll('.reg-group').map((head) => head.text())
    expect(heads(await open(`/inscripciones?dia=${DAY}`))).toEqual([
      `${t('group.confirmed')} 6`,
      `${t('group.waiting')} 0`,
    ])
    expect(heads(await open(`/inscripciones?dia=${DAY}&estado=waiting`)), 'the tab has the count').toEqual([
      t('group.confirmed'),
      t('group.waiting'),
    ])
    expect(heads(await open())).toEqual([])
    const spans = async (address: string) =>
      (await open(address)).screen.get('.reg-group th').attributes('colspan')
    const { length } = (await open(`/inscripciones?dia=${DAY}`)).screen.findAll('thead th')
    expect(await spans(`/inscripciones?dia=${DAY}`)).toBe(String(length))
    expect(await spans(`/inscripciones?dia=${DAY}&persona=1`), 'the folio is hidden').toBe(String(length - 1))
  })

  test('on a phone has days, statuses and tools behind one button, which says what is narrowed and closes with a choice', async () => {
    vi.spyOn(window, 'matchMedia').mockReturnValue({
      matches: false,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    } as unknown as MediaQueryList)
    const { screen, router } = await open()
    const fold = screen.get<HTMLDetailsElement>('details.reg-fold')
    expect([fold.element.open, fold.get('summary').text()]).toEqual([false, t('filter')])
    expect(fold.find('.day-bars').exists() && fold.find('.queue-tabs').exists()).toBe(true)
    expect(fold.text()).toContain(t('file'))
    expect(screen.findAll('.page-bar .button-primary').map((one) => one.text())).toEqual([t('enter')])
    fold.element.open = true
    await fold.trigger('toggle')
    await router.replace(`/inscripciones?dia=${DAY}&estado=waiting`)
    await flushPromises()
    expect(fold.element.open).toBe(false)
    expect(fold.get('summary').text()).toBe(t('filter.some', { filter: `Primera · ${t('tab.waiting')}` }))
    vi.restoreAllMocks()
  })

  test('appends the next page, and finds the folio that came with the address', async () => {
    const { screen } = await open('/inscripciones?folio=jo%202026%20000107%203')
    expect(calls()).toMatchObject([{ p_search: 'JO-2026-000107-3' }])
    await press(screen, t('more'))
    expect(screen.findAll('.reg-row')).toHaveLength(3)
    expect(calls().at(-1)).toMatchObject({ p_after: 'x' })
  })

  test('says so when nobody matches', async () => {
    rpc.mockResolvedValue({ items: [], next: null, days: [] })
    expect((await open()).screen.text()).toContain(t('empty_title'))
  })
})

describe('on somebody’s behalf', () => {
  const item = (change: object = {}) =>
    ({
      id: 's1',
      kind: 'jornadas',
      version: 4,
      convocatoria_id: 'c1',
      state: 'received',
      display_name: 'Ana Prueba',
      content: { post: 'Titular', seats: [seat()] },
      ...change,
    }) as unknown as StaffItem<'jornadas'>
  const may = (is: boolean) => vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(is)
  const saved = async () =>
    (await db.outbox.toArray()).map(({ kind, payload, expected_version }) => [
      kind,
      payload,
      expected_version,
    ])
  const reason = (screen: VueWrapper) => screen.get('#act-reason').setValue(' Lo pidió ella. ')
  const seatOfDay = seat() as StaffItem<'jornadas'>['content']['seats'][number]

  test('a correction carries what was typed, the reason and the version that was seen', async () => {
    may(true)
    const screen = mount(AmendAct, { props: { item: item() } })
    await press(screen, t('act.amend'))
    await press(screen, t('act.amend_yes'))
    expect(screen.text()).toContain(t('act.reason_missing'))
    expect(await saved()).toEqual([])
    await screen.get('#act-name').setValue('Ana Prueba Luna')
    await reason(screen)
    await press(screen, t('act.amend_yes'))
    await vi.waitFor(async () =>
      expect(await saved()).toEqual([
        [
          'registration.amend',
          { display_name: 'Ana Prueba Luna', post: 'Titular', reason: 'Lo pidió ella.' },
          4,
        ],
      ]),
    )
    await vi.waitFor(() => expect(screen.find('dialog').exists()).toBe(false))
  })

  test('a move offers the other days of the group that are neither held, cancelled nor over', async () => {
    may(true)
    const days = [
      day(DAY),
      day(NEXT),
      day('full', { seats_left: 0 }),
      day('off', { cancelled_at: '2026-01-01T00:00:00Z' }),
      day('over', { on_day: '2020-01-01' }),
      day('undated', { on_day: null }),
      day('elsewhere', { group_id: 'g2' }),
    ]
    const screen = mount(MoveAct, { props: { item: item(), seat: seatOfDay, days } })
    await press(screen, t('act.move'))
    const options = screen.findAll('#act-day option').map((one) => one.attributes('value'))
    expect(options).toEqual(['', NEXT, 'full'])
    expect(screen.get('option[value=full]').text()).toContain(t('act.room_none'))
    await reason(screen)
    await screen.findAll('.dialog-actions button')[0]!.trigger('click')
    expect(screen.text()).toContain(t('act.to_missing'))
    await screen.get('#act-day').setValue(NEXT)
    await screen.findAll('.dialog-actions button')[0]!.trigger('click')
    await vi.waitFor(async () =>
      expect(await saved()).toEqual([
        ['registration.reassign', { jornada_id: DAY, to: NEXT, reason: 'Lo pidió ella.' }, 4],
      ]),
    )
  })

  test('a day is cancelled after a question, and every day with one act', async () => {
    may(true)
    const screen = mount(ReleaseAct, { props: { item: item(), jornada: null, what: 'Primera' } })
    await press(screen, t('act.release_all'))
    await reason(screen)
    await press(screen, t('act.release_yes'))
    await vi.waitFor(async () =>
      expect(await saved()).toEqual([
        ['registration.release', { jornada_id: null, reason: 'Lo pidió ella.' }, 4],
      ]),
    )
  })

  test.each([
    ['somebody who may not act', false, item()],
    ['a registration that was withdrawn', true, item({ state: 'withdrawn' })],
  ])('nothing is offered for %s', (_, is, one) => {
    may(is)
    const all = [
      mount(AmendAct, { props: { item: one } }),
      mount(ReleaseAct, { props: { item: one, jornada: DAY, what: '' } }),
      mount(MoveAct, { props: { item: one, seat: seatOfDay, days: [day(DAY), day(NEXT)] } }),
    ]
    expect(all.map((screen) => screen.find('button').exists())).toEqual([false, false, false])
  })

  test.each([
    ['waits for a signal', 'queued', null, t('act.saved')],
    ['is refused', 'needs_person', 'jornada_past', t('act.refused_title')],
    ['was overtaken', 'needs_person', 'conflict', t('act.conflict')],
  ])('an act that %s says so', (_, state, code, words) => {
    const session = useStaffSessionStore()
    session.open({ user_id: 'ana', email: '' } as never)
    const op = { op_id: 'o1', kind: 'registration.release', entity_id: 's1', actor: 'ana', state, code }
    vi.spyOn(session, 'ops', 'get').mockReturnValue([op as unknown as OutboxOp])
    expect(mount(OwnAct, { props: { item: item() } }).text()).toContain(words)
  })
})
