// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { changeLines } from './changeLines'
import DayChanges from './DayChanges.vue'
import type { DayChange } from './dayChange'
import DayInstead from './DayInstead.vue'
import { daysInstead, obstacleOf } from './days'
import type { Jornada, JornadaDetails, Seat } from './registration'
import { t } from './words'

const NOW = new Date('2026-11-20T12:00:00Z')
vi.mock('@/data/serverClock', async (original) => ({
  ...(await original<typeof import('@/data/serverClock')>()),
  serverNow: () => NOW,
  certainNow: () => NOW,
}))

const day = (id: string, over: Partial<Jornada> = {}): Jornada => ({
  id,
  group_id: 'g1',
  position: 1,
  title: `Jornada ${id}`,
  speaker: 'Ana',
  on_day: '2026-12-08',
  starts_at: '2026-12-08T16:00:00Z',
  ends_at: null,
  place: 'Auditorio',
  modality: 'presencial',
  capacity: 5,
  seats_left: 2,
  sample: false,
  sequence: 0,
  ...over,
})
const off = { cancelled_at: '2026-11-19T12:00:00Z', cancel_reason: 'Obras.' }
const details: JornadaDetails = {
  groups: [],
  jornadas: [
    day('off', off),
    day('free'),
    day('held'),
    day('later-off', off),
    day('undated', { on_day: null, starts_at: null }),
    day('past', { on_day: '2026-11-01', starts_at: '2026-11-01T16:00:00Z' }),
    day('other-group', { group_id: 'g2' }),
  ],
}
const seat = (jornada_id: string, over: Partial<Seat> = {}): Seat => ({
  jornada_id,
  status: 'cancelled',
  place: null,
  offer_until: null,
  pass_code: null,
  called_off: true,
  moved_to: null,
  ...over,
})
const held = seat('held', { status: 'confirmed', called_off: false })
const show = (own: Seat, seats: Seat[] = [own, held]) =>
  mount(DayInstead, { props: { submission: 's1', seat: own, seats, details } })

beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))

test('instead of a cancelled day its group’s open days can be taken, except those already held', () => {
  expect(daysInstead(details, 'off', NOW).map(({ id }) => id)).toEqual(['free', 'held'])
  const buttons = show(seat('off')).findAll('button')
  expect(buttons.map((one) => one.attributes('aria-label'))).toEqual([
    t('instead.take_named', { day: 'Jornada free' }),
  ])
  expect(obstacleOf(details.jornadas[0]!, NOW)).toBe('jornada_cancelled')
})

test('one tap saves the op with the secret of the registration and nothing else of the person', async () => {
  await db.items.add({
    id: 's1',
    kind: 'jornadas',
    convocatoria_id: 'c1',
    title: 'x',
    secret: 'secreto',
    folio: 'f',
    created_at: '2026-11-20T12:00:00Z',
  })
  await show(seat('off')).find('button').trigger('click')
  await vi.waitFor(async () =>
    expect(await db.outbox.toArray()).toMatchObject([
      { kind: 'registration.move_day', v: 1, entity_id: 's1', secret: 'secreto' },
    ]),
  )
  expect((await db.outbox.toArray())[0]!.payload).toEqual({ jornada_id: 'off', to: 'free' })
})

test('a day that was taken is named while its seat lasts, and then days are offered again', () => {
  const moved = seat('off', { moved_to: 'held' })
  expect(show(moved).text()).toBe(t('instead.taken', { day: 'Jornada held' }))
  expect(show(moved, [moved]).findAll('button')).toHaveLength(2)
})

test('without another day the page says that one may be added', () => {
  const alone = { ...details, jornadas: details.jornadas.slice(0, 1) }
  const page = mount(DayInstead, {
    props: { submission: 's1', seat: seat('off'), seats: [], details: alone },
  })
  expect(page.text()).toBe(t('instead.none'))
})

const change: DayChange = {
  jornada_id: 'free',
  sequence: 1,
  at: '2026-11-20T12:00:00Z',
  kind: 'changed',
  reason: 'La sala estará en obras.',
  before: { on_day: '2026-12-08', starts_at: '2026-12-08T16:00:00Z', place: 'Auditorio', address: null },
  after: { on_day: '2026-12-09', starts_at: '2026-12-09T16:00:00Z', place: 'Patio', address: 'Calle 1' },
  link_changed: true,
}

test('a change shows old and new words of each field, and not the hours that stayed', () => {
  expect(changeLines(change).map(({ label, before, after }) => [label, before, after].join(' | '))).toEqual([
    'Fecha | martes 8 de diciembre de 2026 | miércoles 9 de diciembre de 2026',
    'Lugar | Auditorio | Patio',
    'Dirección | sin dato | Calle 1',
  ])
  expect(changeLines({ ...change, kind: 'added', before: null, after: null })).toEqual([])
})

test('the public history names the day, the kind of change, the reason and that a link changed, not the link', () => {
  const page = mount(DayChanges, { props: { changes: [change], days: details.jornadas } })
  for (const words of [
    'Jornada free',
    t('changes.kind.changed'),
    'La sala estará en obras.',
    t('changes.link'),
  ])
    expect(page.text()).toContain(words)
})

test('when the day taken instead is called off too, only that day offers others', () => {
  const first = seat('off', { moved_to: 'later-off' })
  const second = seat('later-off')
  const buttons = (own: Seat) => show(own, [first, second]).findAll('button').length
  expect([buttons(first), buttons(second)]).toEqual([0, 2])
  expect(show(first, [first, second]).text()).toContain(t('instead.taken', { day: 'Jornada later-off' }))
})
