// @vitest-environment happy-dom
/** The board and the minutes of a selection, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import type { ActaText, SelectionDesk, SelectionVideo } from '../../jury'
import ActaSeleccionView from './ActaSeleccionView.vue'
import { leavesOrder } from './ranking'
import SeleccionView from './SeleccionView.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const video = (id: string, change: Partial<SelectionVideo> = {}): SelectionVideo => ({
  id,
  folio: `VI-${id}`,
  title: `Video ${id}`,
  pillar: 'Transparencia',
  state: 'accepted',
  has_file: true,
  lacks_captions: false,
  vacant: 0,
  judged: true,
  chosen: null,
  mean: 8,
  place: 1,
  tied: false,
  seats: [
    {
      id: `${id}1`,
      juror_id: 'j1',
      juror: 'Jurado uno',
      is_third: false,
      marked: true,
      left_as: null,
      reason: null,
    },
  ],
  marks: [{ juror: 'Jurado uno', is_third: false, marks: [4, 4], reason: 'Clara.' }],
  ...change,
})
const WAITING = { judged: false, mean: null, place: null, marks: null }
const desk: SelectionDesk = {
  id: 'c1',
  slug: 'videos',
  title: 'Videos',
  now: '2026-11-30T12:00:00Z',
  received_until: '2026-11-20T12:00:00Z',
  can_lead: true,
  version: 3,
  opened_at: '2026-11-21T12:00:00Z',
  opened_by: 'Coordinación',
  closed_at: null,
  criteria: [
    { title: 'Claridad', hint: null },
    { title: 'Utilidad', hint: null },
  ],
  gap: 25,
  selection_on: null,
  waits: 0,
  jurors: [
    { id: 'j1', name: 'Jurado uno', seats: 2, marked: 1 },
    { id: 'j2', name: 'Jurado dos', seats: 0, marked: 0 },
  ],
  videos: [video('a'), video('b', { mean: 6, place: 2 })],
  actas: [],
}

beforeEach(() => {
  setActivePinia(createPinia())
  rpc.mockReset()
})
const router = () =>
  createRouter({
    history: createMemoryHistory(),
    routes: [
      'staff-selections',
      'staff-selection',
      'staff-selection-acta',
      'staff-review',
      'staff-recognitions',
      'staff-campaign',
    ].map((name) => ({
      path: name === 'staff-selections' ? '/' : `/${name}/:id${name.endsWith('acta') ? '/:round' : ''}`,
      name,
      component: { template: '' },
    })),
  })
async function open(change: Partial<SelectionDesk> = {}) {
  rpc.mockResolvedValue({ ...desk, ...change })
  const page = mount(SeleccionView, { props: { id: 'c1' }, global: { plugins: [router()] } })
  await flushPromises()
  return page
}
type Page = Awaited<ReturnType<typeof open>>
const primary = (page: Page) => page.findAll('.page-bar .button-primary').map((one) => one.text())
const press = async (page: Page) => {
  await page.find('.page-bar .button-primary').trigger('click')
  await flushPromises()
}
const confirm = async (page: Page) => {
  await page.find('dialog .button-primary').trigger('click')
  await flushPromises()
}

test.each<[string, Partial<SelectionDesk>, string[]]>([
  ['before it is opened', { version: 0, opened_at: null }, [t('act.open')]],
  ['with a vacant place', { videos: [video('a', { ...WAITING, vacant: 1 })] }, [t('act.deal')]],
  ['while marks are missing', { videos: [video('a', WAITING)] }, []],
  ['while the desk has videos to decide', { waits: 2 }, []],
  ['with all marks', {}, [t('act.close')]],
  ['closed', { closed_at: '2026-11-29T12:00:00Z' }, []],
  ['for who only reads', { can_lead: false }, []],
])('%s its button is what can be done now', async (_, change, words) => {
  expect(primary(await open(change))).toEqual(words)
})

test('before all have marked the board says who, and never what', async () => {
  const page = await open({ videos: [video('a', WAITING)] })
  expect(page.text()).toContain(t('seat.marked', { name: 'Jurado uno' }))
  expect(page.text()).not.toContain('Clara.')
})

test('a selection without criteria or jurors says what it lacks, and is not offered for opening', async () => {
  const before = { version: 0, opened_at: null, opened_by: null, videos: [] }
  const page = await open({ ...before, criteria: [], jurors: desk.jurors.slice(0, 1) })
  expect(page.text()).toContain(t('lacks.criteria'))
  expect(page.text()).toContain(t('lacks.jurors'))
  expect(page.text()).not.toContain(t('act.open'))
  expect(page.find('a[href*="seccion=video"]').exists()).toBe(true)
  const ready = await open(before)
  expect(ready.text()).not.toContain(t('lacks.criteria'))
  expect(ready.text()).toContain(t('act.open'))
})

test('what is chosen in the order of the points closes without a reason', async () => {
  const page = await open()
  await page.find('#choose-a').setValue(true)
  await press(page)
  expect(page.find('dialog').text()).toContain(t('chosen', { count: 1 }))
  await confirm(page)
  expect(rpc).toHaveBeenLastCalledWith('close_selection', {
    p_id: 'c1',
    p_version: 3,
    p_chosen: ['a'],
    p_reason: null,
  })
})

test('a choice that leaves the order needs a reason before it is sent', async () => {
  const page = await open()
  await page.find('#choose-b').setValue(true)
  await press(page)
  await confirm(page)
  expect(page.find('#selection-reason-error').text()).toContain(problemText('order_reason_required'))
  expect(rpc).toHaveBeenCalledTimes(1)
  await page.find('#selection-reason').setValue('Es el único de su pilar.')
  await confirm(page)
  expect(rpc).toHaveBeenLastCalledWith('close_selection', {
    p_id: 'c1',
    p_version: 3,
    p_chosen: ['b'],
    p_reason: 'Es el único de su pilar.',
  })
})

test.each<[string, string[], boolean]>([
  ['the first', ['a'], false],
  ['all', ['a', 'b'], false],
  ['the second', ['b'], true],
  ['none', [], true],
])('choosing %s leaves the order: %s', (_, ids, is) => {
  expect(leavesOrder(desk.videos, new Set(ids))).toBe(is)
})

test('one of two equals needs a reason, and what was published stays in', () => {
  const equals = [video('a'), video('b')]
  expect(leavesOrder(equals, new Set(['a']))).toBe(true)
  expect(leavesOrder([video('a', { state: 'published' }), video('b', { mean: 6 })], new Set())).toBe(false)
})

test('of two people at once the second one sees what changed', async () => {
  const page = await open({ version: 0 })
  await press(page)
  rpc.mockRejectedValueOnce(new Fault('conflict', false))
  await confirm(page)
  expect(page.find('[role=alert]').text()).toBe(t('conflict'))
  expect(rpc).toHaveBeenLastCalledWith('selection_desk', { p_id: 'c1' })
})

test('a juror who has not marked is replaced by one who never sat for the video', async () => {
  const seats = [{ ...video('a').seats[0]!, marked: false }]
  const page = await open({ videos: [video('a', { ...WAITING, seats })] })
  expect(page.findAll('#to-a option').map((one) => one.text())).toContain('Jurado dos')
  expect(page.find('#to-a').text()).not.toContain('Jurado uno')
  await page.find('#from-a').setValue('a1')
  await page.find('#to-a').setValue('j2')
  await page.find('form').trigger('submit')
  expect(rpc).toHaveBeenLastCalledWith('seat_juror', {
    p_id: 'c1',
    p_version: 3,
    p_submission: 'a',
    p_juror: 'j2',
    p_instead: 'a1',
  })
})

test('a closed selection opens again with a reason only', async () => {
  const page = await open({ closed_at: '2026-11-29T12:00:00Z', actas: [acta] })
  await page
    .findAll('button')
    .find((one) => one.text() === t('act.reopen'))!
    .trigger('click')
  await confirm(page)
  expect(page.find('#selection-reason-error').text()).toContain(problemText('change_reason_required'))
})

const text: ActaText = {
  campaign: { id: 'c1', title: 'Videos' },
  round: 1,
  criteria: desk.criteria,
  gap: 25,
  scale: [1, 5],
  closed_at: '2026-11-29T12:00:00Z',
  closed_by: 'Coordinación',
  order_reason: 'Es el único de su pilar.',
  videos: [
    {
      folio: 'VI-a',
      place: 1,
      tied: true,
      mean: '8.00',
      chosen: false,
      marks: [{ juror: 'Jurado uno', third: false, marks: [4, 4], total: 8 }],
    },
  ],
  recusals: [{ folio: 'VI-a', juror: 'Jurado dos' }],
}
const acta = {
  round: 1,
  hash: 'abc123',
  final: JSON.stringify(text),
  closed_at: '2026-11-29T12:00:00Z',
  closed_by: 'Coordinación',
  reopened_at: null,
  reopened_by: null,
  reopen_reason: null,
}

test('the minutes say criteria, jurors, recusals, order, decision and their hash', async () => {
  rpc.mockResolvedValue({ ...desk, closed_at: acta.closed_at, actas: [acta] })
  const page = mount(ActaSeleccionView, { props: { id: 'c1', round: '1' }, global: { plugins: [router()] } })
  await flushPromises()
  for (const words of [
    'Claridad',
    t('acta.jurors.count', { name: 'Jurado uno', count: 1 }),
    t('acta.recusal', { name: 'Jurado dos', folio: 'VI-a' }),
    t('acta.tied', { place: 1 }),
    'Jurado uno: 4 + 4 = 8',
    t('acta.left_out'),
    t('acta.order', { reason: 'Es el único de su pilar.' }),
    'Clara.',
    'abc123',
  ])
    expect(page.text()).toContain(words)
})
