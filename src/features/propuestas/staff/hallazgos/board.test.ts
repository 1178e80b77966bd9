// @vitest-environment happy-dom
/** The board of findings, with a server that a test plays. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db, type OutboxOp } from '@/data/db'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import type { BoardFinding, SortingItem } from '../../findings'
import AnswerPane from './AnswerPane.vue'
import FindingsPane from './FindingsPane.vue'
import { useAnalysis } from './useAnalysis'
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
const finding = (change: object = {}): BoardFinding => ({
  id: 'f1',
  version: 1,
  convocatoria_id: 'c1',
  title: 'Avisos en lenguas originarias',
  words: '',
  codes: [],
  notes: '',
  position: 1,
  removed: false,
  answer: null,
  count: 3,
  parts: ['2'],
  missing: false,
  quotes: [],
  ...change,
})
const board = (findings = [finding()]) => ({
  convocatoria_id: 'c1',
  title: 'Consulta',
  answer_by: '2026-12-18',
  finished_at: null,
  may_write: true,
  may_publish: true,
  counts: { owed: 5, grouped: 3, answered: 0, undecided: 0 },
  findings,
})
const ITEMS: SortingItem[] = [item('1', 'Folletos en mazahua'), item('2', 'Mesas en sábado')]

beforeEach(async () => {
  setActivePinia(createPinia())
  HTMLDialogElement.prototype.showModal = () => {}
  HTMLDialogElement.prototype.close = () => {}
  await Promise.all(db.tables.map((table) => table.clear()))
  rpc.mockReset()
  rpc.mockImplementation((name) => {
    if (name === 'findings_board') return Promise.resolve(board())
    return Promise.resolve(name === 'list_sorted' ? { items: ITEMS, next: null } : {})
  })
})

const routes = ['findings', 'finding', 'groups', 'twins', 'review'].map((name) => ({
  path: `/${name}/:id?/:finding?`,
  name: `staff-${name}`,
  component: { template: '<p />' },
}))
async function open(op?: OutboxOp) {
  const session = useStaffSessionStore()
  if (op) await db.outbox.add(op)
  session.open({ user_id: 'me', email: '' })
  vi.spyOn(session, 'can').mockReturnValue(true)
  if (op) await vi.waitFor(() => expect(session.ops).toHaveLength(1))
  const router = createRouter({ history: createMemoryHistory(), routes })
  const screen = mount(FindingsPane, { props: { id: 'c1' }, global: { plugins: [router] } })
  await flushPromises()
  return screen
}
const outbox = async () =>
  (await db.outbox.toArray()).map(({ kind, entity_id, payload }) => ({ kind, entity_id, payload }))

test('a proposal is chosen and moved with the dialog, and the act is saved on this phone', async () => {
  const screen = await open()
  expect(screen.text()).toContain(t('cover.ungrouped', { count: 2 }))
  await screen.find('#pick-1').setValue(true)
  await screen
    .findAll('button')
    .find((one) => one.text().startsWith(t('move')))!
    .trigger('click')
  await flushPromises()
  await screen
    .findAll('dialog button')
    .find((one) => one.text() === t('move.yes'))!
    .trigger('click')
  await vi.waitFor(async () =>
    expect(await outbox()).toMatchObject([
      { kind: 'propuesta.sort', entity_id: '1', payload: { twin_of: null, ideas: [{ finding_id: 'f1' }] } },
    ]),
  )
})

test('a title that no finding has makes one, and the proposal goes into it', async () => {
  const screen = await open()
  await screen.find('#pick-2').setValue(true)
  await screen
    .findAll('button')
    .find((one) => one.text().startsWith(t('move')))!
    .trigger('click')
  await flushPromises()
  await screen.find('#move-search').setValue('Mesas en sábado')
  await screen
    .findAll('dialog button')
    .find((one) => one.text() === t('move.yes'))!
    .trigger('click')
  await vi.waitFor(async () => {
    const ops = await outbox()
    expect(ops.map(({ kind }) => kind)).toEqual(['finding.save', 'propuesta.sort'])
    expect(ops[1]!.payload).toMatchObject({ ideas: [{ finding_id: ops[0]!.entity_id }] })
  })
})

test('what somebody else did first stands beside what this member did, and waits for a choice', async () => {
  const mine = { twin_of: null, ideas: [{ id: 'i', words: null, finding_id: 'f1', quote: null }] }
  const op = {
    op_id: 'o',
    kind: 'propuesta.sort',
    entity_id: '1',
    payload: mine,
    actor: 'me',
    state: 'needs_person',
  }
  const current = { submission_id: '1', version: 1, twin_of: null, ideas: [] }
  const screen = await open({ ...op, code: 'conflict', current } as unknown as OutboxOp)
  const words = screen.text()
  expect(words).toContain(t('stuck.conflict'))
  expect(words).toContain(t('stuck.nowhere'))
  await screen
    .findAll('button')
    .find((one) => one.text() === t('stuck.keep_mine'))!
    .trigger('click')
  await vi.waitFor(async () =>
    expect(await db.outbox.toArray()).toMatchObject([
      { entity_id: '1', payload: mine, state: 'queued', expected_version: 1, actor: 'me' },
    ]),
  )
})

const answer = (change: object) => ({
  id: 'f1',
  version: 2,
  outcome: 'no',
  reasons: 'Porque no.',
  area: 'Área',
  due_on: null,
  state: 'draft',
  returned: null,
  own: false,
  writers: ['Lucía'],
  approved_by: null,
  publish_on: null,
  published_at: null,
  ...change,
})
const pane = (change: object) =>
  mount(AnswerPane, {
    props: { finding: finding({ answer: answer(change) }), board: board(), analysis: useAnalysis() },
  })

test('who wrote an answer is not offered to approve it, and another person is', () => {
  useStaffSessionStore().open({ user_id: 'me', email: '' })
  expect(pane({ own: true }).text()).not.toContain(t('review.yes'))
  expect(pane({}).text()).toContain(t('review.yes'))
})
