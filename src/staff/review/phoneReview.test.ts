// @vitest-environment happy-dom
/** The review on a phone: its decisions at the thumb, and where one goes from a submission on which nobody decides. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { db } from '@/data/db'
import type { QueueItem } from '@/domain/staffRows'
import { island as jornadas } from '@/features/jornadas/staff/island'
import { island } from '@/features/propuestas/staff/island'
import messages from '@/i18n/es-MX/staff.json'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { registerStaffKinds } from '../kinds'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import RevisionView from './RevisionView.vue'

registerStaffKinds([island, { ...jornadas, Review: { template: '<p />' } }])
const answers = vi.hoisted(() => ({ items: {} as Record<string, object> }))
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: (name: string, args: { p_id: string }) => ({ name, args }) },
  answerOf: ({ name, args }: { name: string; args: { p_id: string } }) =>
    Promise.resolve(name === 'review_item' ? answers.items[args.p_id] : { others: [] }),
}))

const itemOf = (id: string, change: object = {}) => ({
  id,
  folio: `PR-2026-00000${id}-1`,
  kind: 'propuestas',
  convocatoria_title: 'Consulta',
  version: 3,
  state: 'received',
  received_at: '2026-11-20T18:00:00Z',
  answer_by: '2036-12-01',
  decisions: ['request_correction', 'accept', 'reject'],
  may_publish: true,
  allowed: ['text', 'name', 'municipality'],
  consents: [],
  events: [],
  part_label: null,
  display_name: 'Itzel Flores',
  municipality_name: 'Temoaya',
  excerpt: 'x',
  content: { body: 'x', helps: null },
  ...change,
})

let page: VueWrapper
beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  setActivePinia(createPinia())
  useStaffSessionStore().open({ user_id: 'ana', email: '' })
  vi.stubGlobal('scrollTo', vi.fn())
})
afterEach(() => {
  page.unmount()
  useStaffSessionStore().close()
  vi.unstubAllGlobals()
})

/** The page of the first of these submissions, which all stand in the queue. */
async function open(items: ReturnType<typeof itemOf>[], isWide = false) {
  answers.items = Object.fromEntries(items.map((item) => [item.id, item]))
  const queue = useReviewQueueStore()
  vi.spyOn(queue, 'items', 'get').mockReturnValue(items as unknown as QueueItem[])
  vi.stubGlobal('matchMedia', () => ({ matches: isWide, addEventListener() {}, removeEventListener() {} }))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/bandeja', name: 'staff-queue', component: { template: '<p />' } },
      { path: '/inscripciones', name: 'staff-registrations', component: { template: '<p />' } },
      { path: '/revision/:id', name: 'staff-review', component: RevisionView },
    ],
  })
  await router.push(`/revision/${items[0]!.id}`)
  page = mount(
    { template: '<RouterView :key="$route.params.id" />' },
    { attachTo: document.body, global: { plugins: [router] } },
  )
  await vi.waitFor(() => expect(page.text()).toContain(items[0]!.folio))
  await flushPromises()
  return router
}
const bar = () => page.get('.page-bar')
const words = () =>
  bar()
    .findAll('a, button')
    .map((one) => one.text())

test('the two decisions that ask for words stand above the one tap that publishes, with what becomes public', async () => {
  await open([itemOf('1')])
  expect(words()).toEqual([
    messages['decision.reject'],
    messages['decision.request_correction'],
    messages['decision.accept_publish'],
  ])
  expect(bar().text()).toContain('Público: texto, «Itzel Flores», Temoaya y folio')
  expect(page.text()).toContain(messages['review.decide_other'])
})

test('what its author did not allow to publish is decided step by step', async () => {
  await open([itemOf('1', { may_publish: false })])
  expect(words().at(-1)).toBe(messages['review.decide'])
  expect(bar().text()).not.toContain('Público')
})

test('publishing with one tap opens the next one, where it can be undone', async () => {
  const router = await open([itemOf('1'), itemOf('2')])
  await bar().findAll('button').at(-1)!.trigger('click')
  await vi.waitFor(() => expect(router.currentRoute.value.params['id']).toBe('2'))
  await vi.waitFor(() => expect(bar().text()).toContain('Se publicó PR-2026-000001-1'))
  expect(await db.outbox.toArray()).toMatchObject([
    { entity_id: '1', payload: { decision: 'accept_publish' } },
  ])
  await bar().get('.undo-bar button').trigger('click')
  await vi.waitFor(async () => expect(await db.outbox.count()).toBe(0))
})

test.each([
  ['on a phone', false],
  ['on a desktop', true],
])('a registration leads back to its own list %s, and never to the next proposal', async (_, isWide) => {
  const folio = 'JO-2026-000107-3'
  const registration = itemOf('9', { folio, kind: 'jornadas', decisions: [], content: { seats: [] } })
  await open([registration, itemOf('2')], isWide)
  const link = bar().get('a')
  expect([link.text(), link.attributes('href')]).toEqual([
    'Ver en la lista de inscripciones',
    `/inscripciones?folio=${folio}`,
  ])
  expect(page.get('.page-back').attributes('href')).toBe(`/inscripciones?folio=${folio}`)
})
