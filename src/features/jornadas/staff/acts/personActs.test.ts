// @vitest-environment happy-dom
/** Staff approve a person, and put somebody else in their place; the list says what a seat waits for. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, RouterLinkStub, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import type { StaffItem } from '@/domain/staffRows'
import type { Jornada, JornadaDay, Seat } from '@/features/jornadas/registration'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { seatLine } from '../registrations/seatLine'
import PersonLetters from '../registrations/PersonLetters.vue'
import { t } from '../registrations/words'
import ApproveAct from './ApproveAct.vue'
import MoveAct from './MoveAct.vue'
import SubstituteAct from './SubstituteAct.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const seat = (change: Partial<Seat> = {}) =>
  ({ jornada_id: 'd1', status: 'waiting', place: null, ...change }) as Seat
const item = (...seats: Seat[]) =>
  ({
    id: 's1',
    version: 4,
    state: 'received',
    convocatoria_id: 'c1',
    display_name: 'Ana Prueba',
    content: { post: 'Titular', seats },
  }) as unknown as StaffItem<'jornadas'>
function may(is: boolean) {
  const session = useStaffSessionStore()
  session.open({ user_id: 'ana', email: '' } as never)
  vi.spyOn(session, 'can').mockReturnValue(is)
}
const press = async (screen: VueWrapper, words: string) => {
  const found = screen.findAll('button').filter((one) => one.text() === words)
  await found.at(-1)!.trigger('click')
  await flushPromises()
}
const saved = async () => (await db.outbox.toArray()).map(({ kind, payload }) => [kind, payload])

beforeEach(async () => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  await Promise.all(db.tables.map((table) => table.clear()))
})

test('a held place is approved after a question, and only by who may', async () => {
  may(true)
  const screen = mount(ApproveAct, { props: { item: item(seat({ pending: true })) } })
  expect(screen.text()).toContain(t('act.approve_text'))
  const buttons = (one: VueWrapper) =>
    one.findAll('button').filter((button) => button.text() === t('act.approve'))
  await buttons(screen)[0]!.trigger('click')
  expect(await saved()).toEqual([])
  await buttons(screen).at(-1)!.trigger('click')
  await vi.waitFor(async () => expect(await saved()).toEqual([['registration.approve', {}]]))
  const asked = buttons(screen).length
  may(false)
  const other = mount(ApproveAct, { props: { item: item(seat({ pending: true })) } })
  expect(buttons(other)).toHaveLength(asked - 1)
  expect(mount(ApproveAct, { props: { item: item(seat()) } }).text()).not.toContain(t('act.approve_text'))
})

test('a substitute needs a name, a post, a sound address or none, and a reason', async () => {
  may(true)
  const screen = mount(SubstituteAct, { props: { item: item(seat({ status: 'confirmed' })) } })
  await press(screen, t('act.substitute'))
  await press(screen, t('act.substitute_yes'))
  expect(screen.findAll('[aria-invalid="true"]').length).toBeGreaterThanOrEqual(3)
  await screen.get('#act-name').setValue('Berta Ruiz')
  await screen.get('#act-post').setValue('Analista')
  await screen.get('#act-email').setValue('berta')
  await screen.get('#act-reason').setValue('Lo pidió su oficina.')
  await press(screen, t('act.substitute_yes'))
  expect(await saved()).toEqual([])
  await screen.get('#act-email').setValue('')
  await press(screen, t('act.substitute_yes'))
  await vi.waitFor(async () =>
    expect(await saved()).toEqual([
      [
        'registration.substitute',
        {
          id: expect.any(String) as string,
          display_name: 'Berta Ruiz',
          post: 'Analista',
          email: null,
          reason: 'Lo pidió su oficina.',
        },
      ],
    ]),
  )
})

test.each<[string, Partial<Seat>, string]>([
  ['waits for approval', { pending: true }, 'Falta aprobarla'],
  [
    'is over the limit of its body',
    { set_apart: true, over_limit: true },
    'Sobre el máximo de su institución',
  ],
  ['passed on', { status: 'cancelled', substituted: true }, 'Va otra persona'],
  ['is online', { status: 'confirmed', online: true }, 'Con lugar · en línea'],
])('the list says that a seat %s', (_, change, words) => {
  expect(
    seatLine(seat(change), [{ id: 'd1', title: 'Primera', on_day: '2026-12-08' } as JornadaDay]).words,
  ).toBe(words)
})

test('a day in both modalities is two choices of a move, and the own day one, of the other modality', async () => {
  may(true)
  const both = { group_id: 'g1', on_day: '2099-12-08', seats_left: 3, online: { capacity: 5, seats_left: 0 } }
  const days = [
    { ...both, id: 'd1', title: 'Primera' },
    { ...both, id: 'd2', title: 'Segunda' },
  ] as unknown as Jornada[]
  const own = seat({ status: 'confirmed' })
  const screen = mount(MoveAct, { props: { item: item(own), seat: own, days } })
  await press(screen, t('act.move'))
  const options = screen.findAll('#act-day option')
  expect(options.map((one) => one.attributes('value'))).toEqual(['', 'd1 online', 'd2 here', 'd2 online'])
  expect(options[1]!.text()).toContain(`${t('act.day_online', { title: 'Primera' })} · `)
  await screen.get('#act-day').setValue('d1 online')
  expect(screen.text()).toContain(t('act.over_text'))
  await screen.get('#act-reason').setValue('Lo pidió.')
  await press(screen, t('act.move_yes'))
  await vi.waitFor(async () =>
    expect(await saved()).toEqual([
      ['registration.reassign', { jornada_id: 'd1', to: 'd1', online: true, reason: 'Lo pidió.' }],
    ]),
  )
})

test('the letters of a person are read on request, and lead to the register of the campaign', async () => {
  rpc.mockResolvedValue({
    items: [
      {
        folio: 'JO-1',
        submission_id: 's1',
        subject: 'Su lugar está confirmado',
        state: 'arrived',
        at: '2026-11-20T16:00:00Z',
      },
    ],
    next: null,
  })
  const screen = mount(PersonLetters, {
    props: { item: item() },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })
  expect(rpc).not.toHaveBeenCalled()
  await screen.get('button').trigger('click')
  await flushPromises()
  expect(rpc).toHaveBeenCalledWith('letter_register', { p_convocatoria: 'c1', p_submission: 's1' })
  expect(screen.get('li').text()).toContain('Su lugar está confirmado')
  expect(screen.getComponent(RouterLinkStub).props('to')).toMatchObject({
    name: 'staff-attendance',
    hash: '#cartas',
  })
})
