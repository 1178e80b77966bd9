// @vitest-environment happy-dom
/** What staff do with several registrations at once: a file, confirmations by telephone, and a seat for who is first. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { db, type OutboxOp } from '@/data/db'
import type { StaffItem } from '@/domain/staffRows'
import type { Jornada, JornadaDay, Seat } from '@/features/jornadas/registration'
import type { RegistrationLine } from '@/features/jornadas/registrationList'
import { offerCsv } from '@/staff/csv'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { useChosen } from '@/staff/queue/useChosen'
import { useLastDecisionStore } from '@/staff/review/lastDecisionStore'
import SeatAct from '../acts/SeatAct.vue'
import RegistrationBulk from './RegistrationBulk.vue'
import { sumOf } from './registrationFilter'
import { useRegistrationFile } from './useRegistrationFile'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))
vi.mock('@/staff/csv', async (original) => ({
  ...(await original<typeof import('@/staff/csv')>()),
  offerCsv: vi.fn<typeof offerCsv>(),
}))

const seat = (jornada_id: string, change: Partial<Seat> = {}): Seat => ({
  jornada_id,
  status: 'confirmed',
  place: null,
  offer_until: null,
  pass_code: null,
  ...change,
})
const line = (id: string, change: Partial<RegistrationLine> = {}): RegistrationLine => ({
  id,
  folio: `JO-${id}`,
  version: 1,
  state: 'received',
  received_at: '2026-12-02T16:41:00Z',
  mail_trouble: null,
  convocatoria_id: 'c1',
  display_name: `Persona ${id}`,
  post: 'Titular',
  body_name: 'Secretaría de Ejemplo',
  confirmed_at: null,
  seats: [seat('d1')],
  ...change,
})
const days = [
  { id: 'd1', title: 'Primera', on_day: '2026-12-08' },
  { id: 'd2', title: 'Segunda', on_day: '2026-12-10' },
] as JornadaDay[]
const press = async (screen: VueWrapper, words: string) => {
  await screen
    .findAll('button')
    .find((one) => one.text() === words)!
    .trigger('click')
  await flushPromises()
}

beforeEach(async () => {
  vi.clearAllMocks()
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  await Promise.all(db.tables.map((table) => table.clear()))
})

test('the file holds every page of the filter, a row for each of its seats, and calculates nothing', async () => {
  rpc.mockResolvedValueOnce({
    items: [line('1', { display_name: '=1+1', seats: [seat('d1'), seat('d2')] })],
    next: 'x',
  })
  rpc.mockResolvedValueOnce({
    items: [line('2', { display_name: null, seats: [seat('d1', { status: 'cancelled' }), seat('d1')] })],
    next: null,
  })
  const { download, said } = useRegistrationFile()
  await download({ day: 'd1', status: 'confirmed' }, 'salud', days)
  expect(rpc.mock.calls.map(([, args]) => args)).toEqual([
    { p_jornada: 'd1', p_status: 'confirmed', p_search: 'salud', p_after: null },
    { p_jornada: 'd1', p_status: 'confirmed', p_search: 'salud', p_after: 'x' },
  ])
  const [name, csv] = vi.mocked(offerCsv).mock.calls[0]!
  expect([name, said.value]).toEqual([t('file.name'), ''])
  const [head, first, second, ...rest] = csv.replace('\ufeff', '').trim().split('\r\n')
  expect(head).toBe(
    [
      t('table.folio'),
      t('table.person'),
      t('table.post'),
      t('table.body'),
      t('table.day'),
      t('table.title'),
      t('table.seats'),
      t('table.arrived'),
    ].join(','),
  )
  expect(first).toBe('JO-1,\'=1+1,Titular,Secretaría de Ejemplo,8 dic,Primera,Con lugar,"2 dic 2026, 10:41"')
  expect(second).toContain(`JO-2,${t('table.erased')},`)
  expect(rest).toEqual([])
})

test('a file that cannot be read is said', async () => {
  rpc.mockRejectedValue(new Error('x'))
  const { download, said, isExporting } = useRegistrationFile()
  await download({ day: null, status: null }, '', days)
  expect([said.value, isExporting.value, vi.mocked(offerCsv).mock.calls.length]).toEqual([
    t('file.failed'),
    false,
    0,
  ])
})

test('several people are confirmed after one question that names them; who is confirmed, withdrawn or saved is left out', async () => {
  const session = useStaffSessionStore()
  vi.spyOn(session, 'ops', 'get').mockReturnValue([
    { kind: 'registration.confirm', entity_id: '5', actor: '', state: 'queued' } as OutboxOp,
  ])
  const items = [
    line('1'),
    line('2'),
    line('3', { confirmed_at: '2026-12-02T16:41:00Z' }),
    line('4', { state: 'withdrawn' }),
    line('5'),
    line('6'),
  ]
  const picks = useChosen(() => items)
  picks.chosen.value = ['1', '2', '3', '4', '5']
  const screen = mount(RegistrationBulk, { props: { items, picks } })
  expect(screen.text()).toContain('5 elegidas')
  await press(screen, t('bulk.confirm', { count: 2 }))
  expect(screen.findAll('li').map((one) => one.text())).toEqual([
    'Persona 1 · Secretaría de Ejemplo',
    'Persona 2 · Secretaría de Ejemplo',
  ])
  expect(await db.outbox.count()).toBe(0)
  await press(screen, t('bulk.yes'))
  await vi.waitFor(async () =>
    expect((await db.outbox.toArray()).map(({ kind, entity_id }) => [kind, entity_id])).toEqual([
      ['registration.confirm', '1'],
      ['registration.confirm', '2'],
    ]),
  )
  await vi.waitFor(() => expect(picks.chosen.value).toEqual([]))
})

test('nothing stands there while nothing is chosen, and no act cancels several', () => {
  const items = [line('1')]
  const picks = useChosen(() => items)
  expect(mount(RegistrationBulk, { props: { items, picks } }).find('[role=group]').exists()).toBe(false)
  picks.chosen.value = ['1']
  const words = mount(RegistrationBulk, { props: { items, picks } })
    .findAll('[role=group] button')
    .map((one) => one.text())
  expect(words).toEqual([t('bulk.confirm', { count: 1 }), 'Quitar selección Esc'])
})

test('those of the chosen who wait for approval are approved at once, by who may, and can be undone together', async () => {
  const session = useStaffSessionStore()
  session.open({ user_id: 'ana', email: '' } as never)
  const can = vi.spyOn(session, 'can').mockReturnValue(true)
  const held = {
    seats: [seat('d1', { status: 'waiting', pending: true })],
    confirmed_at: '2026-12-02T16:41:00Z',
  }
  const items = [line('1', held), line('2', held), line('3'), line('4', { ...held, state: 'withdrawn' })]
  const picks = useChosen(() => items)
  picks.chosen.value = ['1', '2', '3', '4']
  const screen = mount(RegistrationBulk, { props: { items, picks } })
  await press(screen, t('bulk.approve', { count: 2 }))
  const saved = async () => (await db.outbox.toArray()).map(({ kind, entity_id }) => `${kind} ${entity_id}`)
  await vi.waitFor(async () =>
    expect(await saved()).toEqual(['registration.approve 1', 'registration.approve 2']),
  )
  await vi.waitFor(() => expect(picks.chosen.value).toEqual([]))
  const last = useLastDecisionStore()
  expect(last.last).toMatchObject({ choice: 'approve', undoneBy: 'registration.undo_approve' })
  await vi.waitFor(() => expect(last.unsent).toHaveLength(2))
  await last.undo()
  expect(await saved()).toEqual([])
  can.mockReturnValue(false)
  picks.chosen.value = ['1']
  expect(mount(RegistrationBulk, { props: { items, picks } }).text()).not.toContain(
    t('bulk.approve', { count: 1 }),
  )
  session.close()
})

test('the people of all days are summed by what they have', () => {
  const counts = { confirmed: 2, attended: 1, offered: 1, waiting: 4, called_off: 9, moved: 9 }
  expect(sumOf([{ counts }, { counts }])).toEqual({ taken: 6, offered: 2, waiting: 8 })
})

test.each<[string, Partial<Seat>, number, boolean]>([
  ['who is first in line while a seat is free', { status: 'waiting', place: 1 }, 1, true],
  ['who is second', { status: 'waiting', place: 2 }, 1, false],
  ['who is first of a full day', { status: 'waiting', place: 1 }, 0, false],
  ['who waits for staff', { status: 'waiting', place: 1, set_apart: true }, 1, false],
  ['who has an offer', { status: 'offered', place: null }, 1, false],
])('a free seat is given by hand to %s: %s', (_, change, seats_left, is) => {
  vi.spyOn(useStaffSessionStore(), 'can').mockReturnValue(true)
  const item = { id: 's1', version: 1, state: 'received', convocatoria_id: 'c1' } as StaffItem<'jornadas'>
  const screen = mount(SeatAct, {
    props: { item, seat: seat('d1', change), day: { id: 'd1', seats_left } as Jornada },
  })
  expect(screen.find('button').exists()).toBe(is)
})
