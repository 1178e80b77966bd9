// @vitest-environment happy-dom
/** The acta at the desk: opened once, its comments decided one by one, closed when nothing waits. */
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Fault } from '@/domain/fault'
import { problemText } from '@/i18n/problems'
import type { ActaDesk, DeskComment } from '../../acta'
import ActaView from './ActaView.vue'
import InviteCard from './InviteCard.vue'
import { t } from './words'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const comment: DeskComment = {
  id: 'k1',
  version: 2,
  body: 'Faltó un acuerdo.',
  standing: 'came',
  at: '2026-11-21T12:00:00Z',
  state: 'received',
  reason: null,
  decided_by: null,
}
const desk: ActaDesk = {
  id: 'c1',
  slug: 'consulta',
  title: 'Consulta',
  now: '2026-11-25T12:00:00Z',
  can_edit: true,
  can_settle: true,
  mesa: '2026-11-10T12:00:00Z',
  version: 1,
  body: 'Se habló de todo.',
  saved_at: '2026-11-20T12:00:00Z',
  saved_by: 'Coordinación',
  opened_at: null,
  comments_until: null,
  received_until: null,
  hash: null,
  closed_at: null,
  closed_by: null,
  comments: [],
}
const OPEN = {
  opened_at: '2026-11-21T12:00:00Z',
  comments_until: '2026-12-01T05:59:59Z',
  received_until: '2026-12-03T05:59:59Z',
}
const OVER = { ...OPEN, now: '2026-12-04T12:00:00Z' }

beforeEach(() => {
  setActivePinia(createPinia())
  rpc.mockReset()
})

async function open(change: Partial<ActaDesk> = {}) {
  rpc.mockResolvedValue({ ...desk, ...change })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['/', '/resultados/:id/mesa'].map((path) => ({
      path,
      name: path === '/' ? 'home' : 'staff-mesa',
      component: { template: '' },
    })),
  })
  const page = mount(ActaView, {
    props: { id: 'c1' },
    global: {
      plugins: [router],
      stubs: { FormattedField: { props: ['modelValue'], template: '<textarea :value="modelValue" />' } },
    },
  })
  await flushPromises()
  return page
}
type Page = Awaited<ReturnType<typeof open>>
const primary = (page: Page) => page.findAll('.page-bar .button-primary').map((one) => one.text())
const press = async (page: Page, words: string) => {
  await page
    .findAll('button')
    .find((one) => one.text() === words)!
    .trigger('click')
  await flushPromises()
}

test('it is opened with its last day, after a question', async () => {
  const page = await open()
  await page.find('#acta-until').setValue('2026-12-01')
  expect(primary(page)).toEqual([t('acta.act.open')])
  await page.find('.page-bar .button-primary').trigger('click')
  expect(rpc).toHaveBeenCalledTimes(1)
  expect(page.text()).toContain(t('acta.ask.open.text'))
  rpc.mockRejectedValue(new Fault('date_invalid', false))
  await page
    .findAll('dialog button')
    .find((one) => one.text() === t('acta.act.open'))!
    .trigger('click')
  await flushPromises()
  expect(rpc).toHaveBeenLastCalledWith('open_acta', { p_id: 'c1', p_version: 1, p_until: '2026-12-01' })
  expect(page.find('[role=alert]').text()).toBe(problemText('date_invalid'))
})

test.each<[string, Partial<ActaDesk>, string[]]>([
  ['without a published mesa', { mesa: null }, []],
  ['before its first text', { version: 0, body: '' }, []],
  ['while comments are received', OPEN, []],
  ['over, while a comment waits', { ...OVER, comments: [comment] }, []],
  ['over', { ...OVER, comments: [{ ...comment, state: 'published' }] }, [t('acta.act.close')]],
  ['closed', { ...OVER, hash: 'h', closed_at: '2026-12-04T12:00:00Z' }, []],
  ['for who only reads', { ...OVER, can_edit: false }, []],
])('%s its button is what can be done now', async (_, change, words) => {
  expect(primary(await open(change))).toEqual(words)
})

test('a comment is published, or kept back with a reason', async () => {
  const page = await open({ ...OPEN, comments: [comment] })
  await press(page, t('comments.publish'))
  expect(rpc).toHaveBeenLastCalledWith('settle_comment', {
    p_comment: 'k1',
    p_version: 2,
    p_published: true,
    p_reason: null,
  })
  await press(page, t('comments.keep_back'))
  await page.find('#reason-k1').setValue('Trae un teléfono.')
  await page.find('form').trigger('submit')
  expect(rpc).toHaveBeenLastCalledWith('settle_comment', {
    p_comment: 'k1',
    p_version: 2,
    p_published: false,
    p_reason: 'Trae un teléfono.',
  })
})

test('who may not decide sees no such button', async () => {
  const page = await open({ ...OPEN, comments: [comment], can_settle: false })
  expect(page.findAll('article button')).toEqual([])
})

test('the invitation says whom it reaches and whom not, and the letter is read before it leaves', async () => {
  const letters = {
    can_send: true,
    letter: { subject: 'Invitación', body: 'Ven: {{app}}/c/consulta/mesa' },
    counts: { invite: 12, no_consent: 3, done: 1 },
  }
  const card = mount(InviteCard, { props: { letters, busy: false, said: '' } })
  expect(card.text()).toContain(t('invite.no_consent', { count: 3 }))
  await card.find('.button').trigger('click')
  expect(card.emitted('invite')).toBeUndefined()
  expect(card.text()).toContain(`Ven: ${location.origin}/c/consulta/mesa`)
  await card
    .findAll('dialog button')
    .find((one) => one.text() === t('invite.yes'))!
    .trigger('click')
  expect(card.emitted('invite')).toHaveLength(1)
})

test('nobody is invited while the mesa takes no registrations', () => {
  const letters = { can_send: true, letter: null, counts: { invite: 12 } }
  const card = mount(InviteCard, { props: { letters, busy: false, said: '' } })
  expect([card.text().includes(t('invite.closed')), card.find('section > .button').exists()]).toEqual([
    true,
    false,
  ])
})
