// @vitest-environment happy-dom
/** What can be done to several rows at once. */
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { StaffItem } from '@/domain/staffRows'
import { island } from '@/features/propuestas/staff/island'
import { registerStaffKinds } from '../kinds'
import BulkBar from './BulkBar.vue'
import { useReviewQueueStore } from './reviewQueueStore'
import { useChosen } from './useChosen'

registerStaffKinds([island])
vi.mock('@/data/staff/client', () => ({ supabase: { rpc: () => Promise.reject(new Error('offline')) } }))
afterEach(() => vi.restoreAllMocks())

const read = {
  id: 'a',
  folio: 'PR-2026-000001-1',
  kind: 'propuestas',
  version: 1,
  state: 'received',
  decisions: ['request_correction', 'accept', 'reject'],
  may_publish: true,
  consents: [],
  events: [],
  content: { body: 'x', helps: null },
} as unknown as StaffItem

test('what was read can be published together, what was not must be read first, and nothing is rejected in bulk', () => {
  setActivePinia(createPinia())
  vi.spyOn(useReviewQueueStore(), 'whenRead').mockImplementation((id) => (id === 'a' ? read : undefined))
  const picks = useChosen(() => [{ id: 'a' }, { id: 'b' }])
  picks.chosen.value = ['a', 'b']
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: BulkBar }] })
  const bar = mount(BulkBar, { props: { picks }, global: { plugins: [router], stubs: { AssignTo: true } } })
  const labels = bar.findAll('button').map((button) => button.text())
  expect(labels).toEqual([
    'Asignarme I',
    'Publicar la leída',
    'Publicar: falta leer 1',
    'Quitar selección Esc',
  ])
})
