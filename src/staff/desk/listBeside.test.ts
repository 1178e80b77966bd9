// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { QueueItem, StaffItem } from '@/domain/staffRows'
import { island as jornadas } from '@/features/jornadas/staff/island'
import { island as propuestas } from '@/features/propuestas/staff/island'
import { registerStaffKinds } from '../kinds'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import { useListBeside } from './useListBeside'

registerStaffKinds([jornadas, propuestas])
afterEach(() => vi.unstubAllGlobals())

/** Whether the list stands beside the submission `a` on a window of this width. */
async function isBeside({
  seen,
  listed,
  isWide = true,
}: {
  seen?: string
  listed?: string
  isWide?: boolean
}) {
  setActivePinia(createPinia())
  vi.stubGlobal('matchMedia', () => ({ matches: isWide, addEventListener() {}, removeEventListener() {} }))
  const queue = useReviewQueueStore()
  const itemOf = (kind: string) => ({ id: 'a', kind, version: 1 })
  if (seen) queue.see(itemOf(seen) as unknown as StaffItem)
  vi.spyOn(queue, 'items', 'get').mockReturnValue(listed ? [itemOf(listed) as unknown as QueueItem] : [])
  const Page = { setup: () => ({ beside: useListBeside() }), template: '<p>{{ beside }}</p>' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:id', name: 'staff-review', component: Page }],
  })
  await router.push('/a')
  return mount(Page, { global: { plugins: [router] } }).text() === 'true'
}

test('the queue stands beside a proposal on a desktop, and never on a phone', async () => {
  expect(await isBeside({ seen: 'propuestas' })).toBe(true)
  expect(await isBeside({ listed: 'propuestas' })).toBe(true)
  expect(await isBeside({ seen: 'propuestas', isWide: false })).toBe(false)
})

test('the queue stands beside no registration, nor beside what is not known yet', async () => {
  expect(await isBeside({ seen: 'jornadas' })).toBe(false)
  expect(await isBeside({})).toBe(false)
})
