// @vitest-environment happy-dom
/** The survey of a day on the phone: when it is offered, that what is typed stays, and that it is sent once. */
import 'fake-indexeddb/auto'
import axe from 'axe-core'
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { db } from '@/data/db'
import { answersKey, removeFromPhone } from '@/data/items'
import { learnClock } from '@/data/serverClock'
import '@/features/kinds'
import words from '@/i18n/es-MX/jornadasSurvey.json'
import type { Seat } from './registration'
import EncuestaView from './EncuestaView.vue'
import SurveyLink from './SurveyLink.vue'
import type { Survey, SurveyQuestion } from './surveyWire'

const QUESTIONS: SurveyQuestion[] = [
  { id: 'u', kind: 'scale', text: '¿Qué tan útil fue?', options: [] },
  { id: 'c', kind: 'choice', text: '¿Cómo se enteró?', options: ['Oficio', 'Correo'] },
  { id: 't', kind: 'text', text: '¿Qué mejoraría?', options: [] },
]
const DAY = { id: 'd1', title: 'Primera', on_day: '2026-11-20', ends_at: '2026-11-20T18:00:00Z' }

beforeEach(async () => {
  setActivePinia(createPinia())
  learnClock('2026-11-21T18:00:00Z', performance.now())
  await Promise.all(db.tables.map((table) => table.clear()))
})

async function open(
  seat: object = { status: 'attended' },
  survey: Survey | undefined = { questions: QUESTIONS },
) {
  document.body.innerHTML = ''
  const content = { body_name: 'Ayuntamiento', seats: [{ jornada_id: 'd1', ...seat }] }
  const row = {
    id: 's1',
    kind: 'jornadas',
    convocatoria_id: 'c1',
    state: 'received',
    version: 3,
    messages: [],
    content,
  }
  const details = { groups: [], jornadas: [DAY], ...(survey && { survey }) }
  await db.items.put({
    id: 's1',
    kind: 'jornadas',
    convocatoria_id: 'c1',
    title: 'x',
    secret: 'abc',
    folio: 'JO-1',
    created_at: '',
  })
  await db.base.bulkPut([
    { scope: 'mine:s1', entity: 'submission', id: 's1', row },
    { scope: 'public', entity: 'convocatoria', id: 'c1', row: { id: 'c1', kind: 'jornadas', details } },
  ])
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/encuesta/:id/:jornada', component: EncuestaView, props: true },
      { path: '/:x(.*)*', component: { template: '<i/>' } },
    ],
  })
  await router.push('/encuesta/s1/d1')
  const screen = mount(RouterView, { global: { plugins: [router] }, attachTo: document.body })
  await vi.waitFor(() => expect(screen.find('.skeleton').exists()).toBe(false))
  return screen
}
type Screen = Awaited<ReturnType<typeof open>>
const submit = async (screen: Screen) => {
  await screen.get('form').trigger('submit')
  await flushPromises()
}

test('what is answered is kept while it is typed, sent as one op, and then gone from the phone’s notes', async () => {
  const first = await open()
  expect(first.text()).toContain(words.anonymous)
  expect(first.text()).toContain(words.warn)
  await submit(first)
  expect(first.get('[role=alert]').text()).toBe(words.empty)
  await first.get('#survey-u-4').setValue(true)
  await first.get('textarea').setValue('Más tiempo')
  await vi.waitFor(async () => expect(await db.meta.count()).toBe(1))
  first.unmount()
  const again = await open()
  await vi.waitFor(() =>
    expect((again.get('textarea').element as HTMLTextAreaElement).value).toBe('Más tiempo'),
  )
  await submit(again)
  await vi.waitFor(async () => expect(await db.outbox.count()).toBe(1))
  expect(await db.outbox.toArray()).toMatchObject([
    {
      kind: 'survey.answer',
      entity_id: 's1',
      secret: 'abc',
      payload: { jornada_id: 'd1', unlinked: { u: 4, t: 'Más tiempo' } },
    },
  ])
  expect(await db.meta.count()).toBe(0)
  await vi.waitFor(() => expect(again.text()).toContain(words['kept.title']))
})

test.each<[string, object, string]>([
  ['that was answered', { status: 'attended', surveyed: true }, words['sent.title']],
  ['without attendance', { status: 'confirmed' }, words['none.title']],
])('a day %s has no form', async (_, seat, title) => {
  const screen = await open(seat)
  expect(screen.text()).toContain(title)
  expect(screen.find('form').exists()).toBe(false)
})

test.each([
  ['before the end of the day', '2026-11-20T17:59:00Z', false],
  ['after it', '2026-11-20T18:01:00Z', true],
  ['after thirty days', '2026-12-20T18:01:00Z', false],
])('the way to it is offered: %s', (_, now, isOffered) => {
  learnClock(now, performance.now())
  const seat = { jornada_id: 'd1', status: 'attended' } as Seat
  const props = { submission: 's1', seat, day: DAY as never, survey: { questions: QUESTIONS }, pending: [] }
  const link = mount(SurveyLink, { props, global: { stubs: { RouterLink: RouterLinkStub } } })
  expect(link.text() === words.link).toBe(isOffered)
})

test('«Quitar de este teléfono» takes unsent answers along', async () => {
  await open()
  await db.meta.put({ key: answersKey('s1', 'd1'), value: { u: 4 } })
  await removeFromPhone('s1')
  expect(await db.meta.count()).toBe(0)
})

test('axe finds nothing on the form', async () => {
  await open()
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
})
