// @vitest-environment happy-dom
/** Drafts that earlier versions left on a phone, with a step that the form no longer has. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import FormView from '@/campaign/form/FormView.vue'
import { ACTION, DURING, material } from '@/campaign/testing/material'
import { db, type Draft } from '@/data/db'
import { propuestaForm } from './form'

vi.mock('@/sync/start', () => ({ syncNow: () => Promise.resolve() }))

const ID = '00000000-0000-4000-8000-0000000000d0'
/** As the form of nine steps stored it. */
const LEFT = {
  naming: 'named',
  name: 'Ana',
  sector: 'estudiante',
  municipality: 'Toluca',
  email: 'ana@ejemplo.mx',
  notice_hash: 'h2',
  consents_hash: null,
  consented_at: null,
  consents: {},
  about: ACTION,
  helps: 'partly',
  body: 'Que los talleres lleguen a los pueblos.',
}

let page: VueWrapper | undefined
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: DURING })
  await Promise.all(db.tables.map((table) => table.clear()))
  await db.base.bulkAdd([
    { scope: 'public', entity: 'convocatoria', id: material.convocatoria.id, row: material.convocatoria },
    { scope: 'public', entity: 'notice', id: material.notice.id, row: material.notice },
  ] as never)
})
afterEach(() => {
  page?.unmount()
  vi.useRealTimers()
})

async function openLeft(step: string, answers: object): Promise<VueWrapper> {
  const { id: convocatoria_id, title: convocatoria_title } = material.convocatoria
  const draft = { id: ID, kind: 'propuestas', convocatoria_id, convocatoria_title, answers, step }
  await db.drafts.add({ ...draft, updated_at: DURING.toISOString() } as Draft)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      {
        path: '/c/:slug/propuesta/:draft/:step',
        component: FormView,
        props: ({ params }) => ({ ...params, form: propuestaForm }),
      },
      { path: '/:rest(.*)*', component: {} },
    ],
  })
  await router.push(`/c/consulta/propuesta/${ID}/${step}`)
  page = mount(RouterView, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await vi.waitFor(() => expect(page!.find('form').exists()).toBe(true), { timeout: 20_000 })
  await flushPromises()
  return page
}
const valueOf = (form: VueWrapper, field: string) => (form.find(field).element as HTMLInputElement).value

test.each(['nombre', 'sobre-ti', 'correo'])(
  'a draft that was left at «%s» opens where it is asked today, with every answer',
  async (step) => {
    const form = await openLeft(step, LEFT)
    expect(form.find('h1').text()).toBe(propuestaForm.titleOf('sobre-ti'))
    expect(form.text()).toContain('Paso 4 de 6')
    expect(['#name', '#municipality', '#email'].map((field) => valueOf(form, field))).toEqual([
      'Ana',
      'Toluca',
      'ana@ejemplo.mx',
    ])
    expect(form.findAll('input:checked').map((input) => (input.element as HTMLInputElement).value)).toEqual([
      'named',
      'estudiante',
    ])
  },
)

test('a draft that was left at the question whether the action helps asks it beside the text', async () => {
  const form = await openLeft('ayuda', { ...LEFT, helps: null })
  expect(form.find('h1').text()).toBe(propuestaForm.titleOf('texto'))
  expect(form.findAll('input[name=helps]')).toHaveLength(3)
  expect(valueOf(form, '#body')).toBe(LEFT.body)
  await form.find('form').trigger('submit')
  await flushPromises()
  expect(form.find('#helps-error').exists()).toBe(true)
})
