// @vitest-environment happy-dom
/** What became of an action, as everybody reads it, and «¿Se hizo?» on the folio. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { Fault } from '@/domain/fault'
import type { Followup, ToldFollowup } from '../followups'
import FollowupAsk from './FollowupAsk.vue'
import FollowupHistory from './FollowupHistory.vue'
import FollowupSummary from './FollowupSummary.vue'
import { readRenewal } from './readRenewal'
import { t } from './words'

const { rpc, rpcGet } = vi.hoisted(() => ({
  rpc: vi.fn<(fn: string, args: Record<string, unknown>) => Promise<unknown>>(),
  rpcGet: vi.fn<() => Promise<unknown>>(),
}))
vi.mock('@/data/rpc', () => ({ rpc, rpcGet }))
vi.mock('@/sync/start', () => ({ syncMine: () => Promise.resolve() }))

const global = { stubs: { RouterLink: { props: ['to'], template: '<a :href="to"><slot /></a>' } } }
const followup: Followup = {
  id: 'f2',
  part_id: 'p1',
  number: '1.1',
  title: 'Lenguaje claro',
  state: 'done',
  words: 'Se reescribieron las 20 páginas.',
  link: 'https://ejemplo.mx/paginas',
  area: 'Difusión',
  on_day: '2026-11-20',
  at: '2026-11-21T12:00:00Z',
}
const earlier: Followup = { ...followup, id: 'f1', state: 'under_way', words: 'Van ocho.', link: null }

test('an action says its present state with evidence, who and when, and keeps those before it', () => {
  const screen = mount(FollowupHistory, { props: { followups: [followup, earlier] } })
  for (const words of ['Hecha', 'Difusión', '20 de noviembre de 2026', followup.words])
    expect(screen.text()).toContain(words)
  expect(screen.find('a').attributes('href')).toBe(followup.link)
  expect(screen.find('details').text()).toContain('En curso')
  expect(mount(FollowupHistory, { props: { followups: [] } }).text()).toBe('')
})

test('the results have the newest state of each action, in the order of their numbers', () => {
  const second = {
    ...followup,
    id: 'f3',
    part_id: 'p2',
    number: '1.10',
    title: 'Mesas',
    state: 'planned' as const,
  }
  const third = { ...second, id: 'f4', part_id: 'p3', number: '1.2' }
  const screen = mount(FollowupSummary, {
    props: { followups: [second, followup, third, earlier], slug: 'c' },
    global,
  })
  expect(screen.findAll('li').map((one) => one.text())).toEqual([
    expect.stringMatching(/^1\.1 · .*Hecha$/u),
    expect.stringMatching(/^1\.2 · .*Planeada$/u),
    expect.stringMatching(/^1\.10 · .*Planeada$/u),
  ])
  expect(screen.find('a').attributes('href')).toBe('/c/c/estrategia#parte-p1')
})

test('an answer that the worker kept before there was any follow-up is read without one', async () => {
  rpcGet.mockResolvedValue({ number: 1, hash: 'x', approved_at: '', text: '{"parts":[]}' })
  expect((await readRenewal('c'))!.followups).toEqual([])
})

const { part_id: _, at: __, link: ___, ...told } = followup
const ask = (change: Partial<ToldFollowup> = {}, canAnswer = true) =>
  mount(FollowupAsk, {
    props: { id: 's1', folio: 'PR-1', followups: [{ ...told, ...change }], canAnswer },
  })
const buttons = (screen: ReturnType<typeof ask>) =>
  screen.findAll('button').map((one) => `${one.text()} ${one.attributes('aria-pressed')}`)

beforeEach(async () => {
  rpc.mockReset().mockResolvedValue({ done: false })
  await db.items.clear()
  await db.items.put({
    id: 's1',
    kind: 'propuestas',
    convocatoria_id: 'c',
    title: '',
    secret: 'secreto',
    folio: 'PR-1',
    created_at: '',
  })
})

test('the author answers with the private link, and sees the answer that stands', async () => {
  const screen = ask({ done: true })
  expect(buttons(screen)).toEqual(['Sí true', 'No, todavía false'])
  await screen.findAll('button')[1]!.trigger('click')
  await vi.waitFor(() => expect(buttons(screen)).toEqual(['Sí false', 'No, todavía true']))
  expect(rpc).toHaveBeenCalledWith('answer_followup', {
    p_folio: 'PR-1',
    p_secret: 'secreto',
    p_followup: 'f2',
    p_done: false,
  })
  expect(screen.find('[role=status]').text()).toBe(t('ask.said'))
})

test('without signal nothing is said to be received', async () => {
  rpc.mockRejectedValue(new Fault('offline', true))
  const screen = ask()
  await screen.findAll('button')[0]!.trigger('click')
  await flushPromises()
  await vi.waitFor(() => expect(screen.find('[role=alert]').text()).toBe(t('ask.offline')))
  expect([buttons(screen), screen.find('[role=status]').text()]).toEqual([
    ['Sí false', 'No, todavía false'],
    '',
  ])
})

test.each<[string, Partial<ToldFollowup>, boolean]>([
  ['what is only planned', { state: 'planned' }, true],
  ['what will not be done', { state: 'dropped' }, true],
  ['a phone without the private link', {}, false],
])('%s is not asked about', (_name, change, canAnswer) => {
  expect(ask(change, canAnswer).findAll('button')).toEqual([])
})
