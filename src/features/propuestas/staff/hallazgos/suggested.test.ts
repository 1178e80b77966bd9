// @vitest-environment happy-dom
/** The suggested groups of proposals, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import { KEPT_PREFIX } from '@/data/staff/keptItems'
import { Fault } from '@/domain/fault'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import SugerenciasView from './SugerenciasView.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))
vi.mock('@/staff/offline/keepFiles', () => ({ keepStaffFiles: () => Promise.resolve() }))

const item = (id: string, body: string) => ({
  submission_id: id,
  version: 0,
  twin_of: null,
  ideas: [],
  folio: `PR-2026-00000${id}-7`,
  body,
  part_label: null,
  municipality_name: 'Toluca',
  state: 'published',
  received_at: '2026-11-01T12:00:00Z',
  may_quote: true,
  twin_folio: null,
  twins: 0,
})
const TEXTS = [
  'El tandeo del agua no se cumple y la pipa cobra',
  'Que se repare la fuga de agua de la tubería',
  'El pozo se secó y nadie avisa del suministro de agua',
  'Faltan medicinas en la clínica y el doctor no llega',
  'En el hospital no hay medicinas para los pacientes',
  'La ambulancia del hospital cobra a los enfermos',
]
const items = TEXTS.map((body, at) => item(String(at + 1), body))
const board = (owed = 6, undecided = 0) => ({
  convocatoria_id: 'c1',
  title: 'Consulta',
  answer_by: '2026-12-18',
  finished_at: null,
  may_write: true,
  may_publish: false,
  counts: { owed, grouped: 0, answered: 0, undecided },
  findings: [
    {
      id: 'f1',
      version: 1,
      convocatoria_id: 'c1',
      title: 'Agua',
      words: '',
      codes: [],
      notes: '',
      position: 1,
      removed: false,
      answer: null,
      count: 0,
      parts: [],
      missing: false,
      quotes: [],
    },
  ],
})
let answers: { owed: number; undecided: number; items: typeof items }

beforeEach(async () => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  await Promise.all(db.tables.map((table) => table.clear()))
  answers = { owed: 6, undecided: 0, items }
  rpc.mockReset()
  rpc.mockImplementation((name) =>
    Promise.resolve(
      name === 'findings_board'
        ? board(answers.owed, answers.undecided)
        : { items: answers.items, next: null },
    ),
  )
  useStaffSessionStore().open({ user_id: 'me', email: '' })
})

async function open() {
  const routes = [
    { path: '/', component: { template: '<p />' } },
    { path: '/b/:id', name: 'staff-findings', component: { template: '<p />' } },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  const screen = mount(SugerenciasView, { props: { id: 'c1' }, global: { plugins: [router] } })
  await vi.waitFor(() => expect(screen.text()).not.toContain(t('groups.waiting', { count: 6 })))
  await flushPromises()
  return screen
}
type Screen = Awaited<ReturnType<typeof open>>
const tap = async (screen: Screen, words: string, within = '') => {
  await screen
    .findAll(`${within} button`)
    .find((one) => one.text().startsWith(words))!
    .trigger('click')
  await flushPromises()
}
const moved = async () => (await db.outbox.toArray()).map(({ entity_id }) => entity_id).sort()

test('groups are explained by words that repeat, and nothing is chosen or moved by itself', async () => {
  const screen = await open()
  await vi.waitFor(() => expect(screen.findAll('article')).toHaveLength(2))
  expect(screen.text()).toContain('agua')
  await tap(screen, t('groups.open'))
  expect(
    screen.findAll('input[type=checkbox]').some((box) => (box.element as HTMLInputElement).checked),
  ).toBe(false)
  expect(screen.find('mark').exists()).toBe(true)
  expect(await moved()).toEqual([])
})

test('what is chosen of a group goes to a finding with the act of the board, and leaves the group', async () => {
  const screen = await open()
  await vi.waitFor(() => expect(screen.findAll('article')).toHaveLength(2))
  const water = screen.findAll('article').findIndex((one) => one.text().includes('agua'))
  await screen.findAll('article')[water]!.find('button').trigger('click')
  await screen.find('#pick-1').setValue(true)
  await screen.find('#pick-2').setValue(true)
  await tap(screen, t('move'))
  await tap(screen, t('move.yes'), 'dialog')
  await vi.waitFor(async () => expect(await moved()).toEqual(['1', '2']))
  await vi.waitFor(() => expect(screen.find('#pick-1').exists()).toBe(false))
  expect(screen.find('#pick-3').exists()).toBe(true)
})

test('with more proposals than were read it says how many were compared and how many were not', async () => {
  answers.owed = 12_000
  answers.undecided = 100
  const screen = await open()
  await vi.waitFor(() => expect(screen.text()).toContain(t('groups.unread', { count: 6, unread: 11_894 })))
})

test('three proposals are no group, and the page says why', async () => {
  answers = { owed: 3, undecided: 0, items: items.slice(0, 3) }
  const screen = await open()
  await vi.waitFor(() => expect(screen.text()).toContain(t('groups.none')))
})

test('without signal the groups are of the proposals that this device kept', async () => {
  await db.meta.put({ key: `${KEPT_PREFIX}me:findings:c1`, value: { board: board(), items } })
  rpc.mockRejectedValue(new Fault('offline', true))
  const screen = await open()
  await vi.waitFor(() => expect(screen.findAll('article')).toHaveLength(2))
  expect(screen.text()).toContain(t('kept'))
})
