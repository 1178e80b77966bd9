// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Fault } from '@/domain/fault'
import type { StaffItem } from '@/domain/staffRows'
import staff from '@/i18n/es-MX/staff.json'
import words from '@/i18n/es-MX/staffSecond.json'
import { useDeskAlertsStore } from '../desk/deskAlertsStore'
import SecondReviewNote from './SecondReviewNote.vue'
import SecondReviewsLink from './SecondReviewsLink.vue'
import SecondReviewsView from './SecondReviewsView.vue'

const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(name: string) => Promise<unknown>>() }))
vi.mock('@/data/staff/client', () => ({ supabase: { rpc }, answerOf: (call: unknown) => call }))

const waiting = (change: object = {}) => ({
  id: 'a',
  folio: 'PR-2026-000001-1',
  convocatoria_title: 'Consulta',
  excerpt: 'Que las minutas se peguen.',
  second_review_by: '2036-12-15T05:59:59+00:00',
  may_answer: true,
  ...change,
})
async function show(view: object) {
  const stub = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: stub },
      { path: '/equipo/bandeja', component: stub },
      { path: '/lista', name: 'staff-second-reviews', component: stub },
      { path: '/revision/:id', name: 'staff-review', component: stub },
    ],
  })
  const screen = mount(view, { global: { plugins: [router] } })
  await flushPromises()
  return screen
}

test('the list says until when each is due, and which ones somebody else must answer', async () => {
  rpc.mockResolvedValue({
    count: 2,
    items: [
      waiting({ second_review_by: '2020-12-15T05:59:59+00:00' }),
      waiting({ id: 'b', folio: 'PR-2026-000002-2', may_answer: false }),
    ],
  })
  const screen = await show(SecondReviewsView)
  const [late, mine] = screen.findAll('li').map((one) => one.text())
  expect(late).toContain('Se debió responder el lunes 14 de diciembre de 2020')
  expect(late).not.toContain(words.not_you)
  expect(mine).toContain('Responder a más tardar el domingo 14 de diciembre de 2036')
  expect(mine).toContain(words.not_you)
})

test('the list says that it is empty, and that a member without the right may not read it', async () => {
  rpc.mockResolvedValue({ count: 0, items: [] })
  expect((await show(SecondReviewsView)).text()).toContain(words['empty.title'])
  rpc.mockRejectedValue(new Fault('not_allowed', false))
  expect((await show(SecondReviewsView)).text()).toContain(staff['state.denied_title'])
})

test('the queue names the second reviews that wait for this member with the first day, until the alerts do', async () => {
  const alert = (change: object = {}) => ({
    items: [{ kind: 'second_review', count: 1, soon: 0, by: '2036-12-15T05:59:59+00:00', ...change }],
  })
  const shown = async (answer: object) => {
    rpc.mockResolvedValue(answer)
    setActivePinia(createPinia())
    await useDeskAlertsStore().read()
    return show(SecondReviewsLink)
  }
  const link = await shown(alert())
  expect(link.text()).toContain('1 segunda revisión espera tu respuesta')
  expect(link.text()).toContain('domingo 14 de diciembre de 2036')
  expect(link.find('a').attributes('href')).toBe('/lista')
  expect((await shown(alert({ soon: 1 }))).text()).toBe('')
  expect((await shown({ items: [] })).text()).toBe('')
})

test('the page of a submission says who may answer its second review', () => {
  const by = '2036-12-15T05:59:59+00:00'
  const text = (amendments: string[]) =>
    mount(SecondReviewNote, { props: { item: { amendments } as unknown as StaffItem, by } }).text()
  expect(text(['uphold'])).toContain(words['note.answer'])
  expect(text([])).toContain(words['note.other'])
})
