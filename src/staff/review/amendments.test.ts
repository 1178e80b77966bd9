// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import { island } from '@/features/propuestas/staff/island'
import messages from '@/i18n/es-MX/staff.json'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { registerStaffKinds } from '../kinds'
import RevisionView from './RevisionView.vue'

registerStaffKinds([island])
const answer = vi.hoisted(() => ({ item: {} as object }))
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: (name: string) => ({ name }) },
  answerOf: ({ name }: { name: string }) =>
    Promise.resolve(name === 'review_item' ? answer.item : { others: [] }),
}))

const published = (change: object = {}) => ({
  id: 'a',
  folio: 'PR-2026-000001-1',
  kind: 'propuestas',
  convocatoria_title: 'Consulta',
  version: 3,
  state: 'published',
  received_at: '2026-11-20T18:00:00Z',
  answer_by: '2026-12-01',
  decisions: [],
  amendments: ['take_back'],
  may_publish: true,
  consents: [],
  events: [],
  part_label: null,
  display_name: null,
  content: { body: 'x', helps: null },
  ...change,
})

const pages: { unmount(): void }[] = []
beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  setActivePinia(createPinia())
  useStaffSessionStore().open({ user_id: 'ana', email: '' })
  vi.stubGlobal('scrollTo', vi.fn())
})
afterEach(() => {
  for (const page of pages.splice(0)) page.unmount()
  useStaffSessionStore().close()
  vi.unstubAllGlobals()
})

/** The page of a submission. `isWide`: on a desktop. */
async function open(item: object, isWide = false) {
  answer.item = item
  vi.stubGlobal('matchMedia', () => ({ matches: isWide, addEventListener() {}, removeEventListener() {} }))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/equipo/bandeja', name: 'staff-queue', component: { template: '<p />' } },
      { path: '/equipo/revision/:id', name: 'staff-review', component: RevisionView },
    ],
  })
  await router.push('/equipo/revision/a')
  const page = mount(
    { template: '<RouterView />' },
    { attachTo: document.body, global: { plugins: [router] } },
  )
  pages.push(page)
  await vi.waitFor(() => expect(page.text()).toContain('PR-2026-000001-1'))
  return { page, router }
}
const link = (page: { findAll(selector: string): { text(): string }[] }, words: string) =>
  page.findAll('a').find((one) => one.text() === words) as
    { trigger(event: string): Promise<void> } | undefined

test.each([
  ['on a phone', false],
  ['on a desktop', true],
])('a publication is taken back from its page %s, on a form of its own', async (_, isWide) => {
  const { page, router } = await open(published(), isWide)
  expect(page.find('textarea').exists()).toBe(false)
  await link(page, messages['decision.take_back'])!.trigger('click')
  await vi.waitFor(() => expect(page.find('textarea').exists()).toBe(true))
  expect(router.currentRoute.value.query['paso']).toBe('take_back')
  expect(page.text()).toContain(messages['step.take_back'])
})

test('a member who may not amend, or whose copy is of an older version, is offered nothing', async () => {
  for (const amendments of [[], undefined]) {
    const { page } = await open(published({ amendments }))
    expect(page.text()).toContain(messages['review.no_decision'])
    expect(link(page, messages['decision.take_back'])).toBeUndefined()
    await flushPromises()
  }
})

test.each([
  ['on a phone', false],
  ['on a desktop', true],
])('a second review is answered %s as a decision that waits', async (_, isWide) => {
  const by = '2036-12-15T05:59:59+00:00'
  const amendments = ['accept', 'reopen', 'uphold']
  const { page } = await open(published({ state: 'rejected', second_review_by: by, amendments }), isWide)
  expect(page.text()).toContain('Segunda revisión: responder a más tardar el domingo 14 de diciembre de 2036')
  expect(page.text()).not.toContain(messages['review.no_decision'])
  if (!isWide) await link(page, messages['review.decide'])!.trigger('click')
  await vi.waitFor(() => expect(page.text()).toContain(messages['decision.uphold']))
  for (const words of [messages['decision.accept'], messages['decision.reopen']])
    expect(page.text()).toContain(words)
  expect(page.text()).not.toContain(messages['decision.accept_publish'])
})
