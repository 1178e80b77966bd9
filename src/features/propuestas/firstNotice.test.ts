// @vitest-environment happy-dom
/** The form of a first visit: the notice is there before the database. */
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createMemoryHistory, createRouter } from 'vue-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import FormView from '@/campaign/form/FormView.vue'
import { DURING, material } from '@/campaign/testing/material'
import { db } from '@/data/db'
import type { Change } from '@/domain/pull'
import { propuestaForm } from './form'

const visit = vi.hoisted(() => ({ turn: Promise.resolve(), rows: [] as unknown[] }))
vi.mock('@/data/firstScreen', () => ({ isFirstVisit: () => true, databaseTurn: () => visit.turn }))
vi.mock('@/data/firstRead', () => ({ readFirst: () => Promise.resolve(visit.rows) }))
vi.mock('@/sync/start', () => ({ syncNow: () => Promise.resolve() }))

const ID = '00000000-0000-4000-8000-0000000000d9'
const { convocatoria } = material
const WORDS = 'Tus datos sirven solo para esta consulta.'
const notice = { ...material.notice, simplified: [WORDS] }
const rowsOf = (given: object): Change[] =>
  [
    { op: 'put', entity: 'convocatoria', id: convocatoria.id, row: { ...convocatoria, ...given } },
    { op: 'put', entity: 'notice', id: notice.id, row: notice },
  ] as unknown as Change[]

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: DURING })
  await Promise.all(db.tables.map((table) => table.clear()))
})
afterEach(() => vi.useRealTimers())

function open() {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  return mount(FormView, {
    props: { form: propuestaForm, slug: convocatoria.slug, draft: ID, step: 'aviso' },
    global: { plugins: [createPinia(), router] },
  })
}

test('the notice is read while the database waits for its turn, and answered after it', async () => {
  let begin: () => void = () => undefined
  visit.turn = new Promise((resolve) => (begin = resolve))
  visit.rows = rowsOf({})
  const page = open()
  await vi.waitFor(() => expect(page.text()).toContain(WORDS))
  expect(page.find('h1').text()).toBe(propuestaForm.titleOf('aviso'))
  expect(page.find('button').attributes('aria-disabled')).toBe('true')
  begin()
  await vi.waitFor(() => expect(page.find('form').exists()).toBe(true), { timeout: 20_000 })
  expect(page.text()).toContain(WORDS)
  expect(page.find('button[type=submit]').attributes('aria-disabled')).toBeUndefined()
  page.unmount()
})

test('a campaign that was taken down shows no notice to answer', async () => {
  visit.turn = new Promise(() => undefined)
  visit.rows = rowsOf({ retired: { at: DURING.toISOString(), reason: 'Se repitió.' } })
  const page = open()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(page.text()).not.toContain(WORDS)
  page.unmount()
})
