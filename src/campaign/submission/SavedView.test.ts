// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { createRouter, createMemoryHistory } from 'vue-router'
import { db } from '@/data/db'
import { refusalText } from '@/i18n/refusals'
import { ISLANDS } from '../islands'
import { t } from '../words'
import SavedView from './SavedView.vue'

/**
 * Delays every read. Dexie can attribute a late read to another live query that runs at the same time. A native timer
 * runs outside the zone by which Dexie recognises the query.
 */
vi.mock('@/data/submissions', async (original) => {
  const own = await original<typeof import('@/data/submissions')>()
  const late: typeof own.getSubmission = (id) =>
    new Promise((resolve) => {
      realTimer(() => resolve(own.getSubmission(id)))
    })
  return { ...own, getSubmission: late }
})
const realTimer = globalThis.setTimeout

const ID = '0b0e7a52-3f0a-4f3e-9a8e-0d6b1f0c7a11'

test('the screen after «Enviar» shows a refusal although Dexie did not observe its read', async () => {
  await db.items.put({
    id: ID,
    kind: 'propuestas',
    folio: null,
    secret: 'secret',
    title: 'Horarios',
    convocatoria_id: 'c',
    created_at: '2026-11-28T12:00:00Z',
  })
  const seq = await db.outbox.add({
    op_id: ID,
    v: 1,
    kind: 'propuesta.submit',
    entity_id: ID,
    payload: {},
    captured_at: '2026-11-28T12:00:00Z',
    actor: null,
    state: 'queued',
    attempts: 0,
    not_before: 0,
    alone: false,
    code: null,
    field: null,
    current: null,
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: {} }],
  })
  const screen = mount(SavedView, {
    props: { id: ID },
    global: { plugins: [router, createPinia()], provide: { [ISLANDS as symbol]: {} } },
  })
  await vi.waitFor(() => expect(screen.text()).toContain(t('saved.waiting')), { timeout: 20_000 })
  expect(screen.text()).not.toContain(refusalText('body_too_short'))
  await db.outbox.update(seq, { state: 'needs_person', code: 'body_too_short' })
  await vi.waitFor(() => expect(screen.text()).toContain(refusalText('body_too_short')), { timeout: 3_000 })
})
