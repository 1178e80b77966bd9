// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { SESSION_KEY } from '@/data/staff/session'
import { Fault } from '@/domain/fault'
import type { QueuePage, StaffItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { useReviewQueueStore } from './reviewQueueStore'

const PATIENT = { timeout: 20_000 }
const TODO = { show: 'todo', kind: null, convocatoria: null } as const
type Asked = { p_states: string[] | null; p_search: string | null; p_after: string | null }
const { askPage, pull } = vi.hoisted(() => ({
  askPage: vi.fn<(args: Asked) => Promise<unknown>>(),
  pull: vi.fn<() => Promise<unknown>>(),
}))
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: (fn: string, args: Asked) => (fn === 'review_queue' ? askPage(args) : pull()) },
  answerOf: (call: unknown) => call,
}))

const item = (id: string, change: Partial<StaffItem> = {}) =>
  ({
    id,
    folio: id,
    kind: 'propuestas',
    convocatoria_id: 'c1',
    state: 'received',
    version: 1,
    received_at: id,
    excerpt: '',
    part_label: null,
    content: { body: '' },
    ...change,
  }) as StaffItem
const page = (items: StaffItem[], next: string | null = null): QueuePage => ({
  items,
  next,
  counts: { received: items.length },
})
/** The arguments of every read of the queue, in order. */
const asked = () => askPage.mock.calls.map(([args]) => args)

let store: ReturnType<typeof useReviewQueueStore>
const ids = () => store.items.map(({ id }) => id).join('')
const shows = (wanted: string) => vi.waitFor(() => expect(ids()).toBe(wanted), PATIENT)

beforeEach(async () => {
  vi.resetAllMocks()
  await Promise.all(db.tables.map((table) => table.clear()))
  pull.mockRejectedValue(new Fault('offline', true))
  askPage.mockResolvedValue(page([item('a'), item('b')]))
  setActivePinia(createPinia())
  useStaffSessionStore().open({ user_id: 'ana', email: '' })
  store = useReviewQueueStore()
})
afterEach(() => {
  store.close()
  vi.useRealTimers()
})

/** Signs a member in and stores a copy of these items on this phone. */
async function keep(...items: StaffItem[]) {
  const value = JSON.stringify({ access_token: 't', expires_at: 2e9, user: { id: 'ana' } })
  await db.auth.put({ key: SESSION_KEY, value })
  await db.base.bulkPut(items.map((row) => ({ scope: 'staff:ana:c1', entity: 'item', id: row.id, row })))
  await db.meta.put({ key: 'kept:ana', value: { epoch: null, scopes: { c1: { at: 'x', partial: false } } } })
}

test('opening the queue reads its first page, and `loadMore` appends the next without duplicates', async () => {
  askPage
    .mockResolvedValueOnce(page([item('a'), item('b')], 'b'))
    .mockResolvedValueOnce(page([item('b'), item('c')]))
  store.open(TODO)
  await shows('ab')
  expect([store.state, store.next, store.counts]).toEqual(['ready', 'b', { received: 2 }])
  const more = store.loadMore()
  expect(store.isLoadingMore).toBe(true)
  await more
  expect([ids(), store.next, store.isLoadingMore]).toEqual(['abc', null, false])
  expect(asked().map(({ p_after }) => p_after)).toEqual([null, 'b'])
})

test('a new filter reads again, the same filter does not, and a late page of the old filter is dropped', async () => {
  askPage.mockResolvedValueOnce(page([item('a')], 'a'))
  store.open(TODO)
  await shows('a')
  let answer: (page: QueuePage) => void = () => {}
  askPage.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  const late = store.loadMore()
  store.narrow({ ...TODO, show: 'rejected' })
  askPage.mockResolvedValueOnce(page([item('z')]))
  await shows('z')
  store.narrow({ ...TODO, show: 'rejected' })
  answer(page([item('b')]))
  await late
  expect([ids(), asked().length]).toEqual(['z', 3])
  expect(asked()[2]!.p_states).toEqual(['rejected'])
})

test('the search is sent after a pause in typing', async () => {
  store.open(TODO)
  await shows('ab')
  vi.useFakeTimers()
  store.search = 'ár'
  await nextTick()
  store.search = ' árbol '
  await nextTick()
  await vi.advanceTimersByTimeAsync(400)
  expect(asked().map(({ p_search }) => p_search)).toEqual([null, 'árbol'])
})

test('a search of two letters is not sent, and the list stays', async () => {
  store.open(TODO)
  await shows('ab')
  vi.useFakeTimers()
  store.search = ' ár '
  await nextTick()
  await vi.advanceTimersByTimeAsync(400)
  expect(asked().map(({ p_search }) => p_search)).toEqual([null])
})

test('a newer version of a submission updates its line, the counts and the seen items together', async () => {
  store.open(TODO)
  await shows('ab')
  store.see(item('a', { version: 2, state: 'accepted' }))
  expect(store.items[0]).toMatchObject({ id: 'a', state: 'accepted' })
  expect([store.counts, store.seen.get('a')?.version]).toEqual([{ received: 1, accepted: 1 }, 2])
  store.see(item('a', { version: 1 }))
  expect(store.items[0], 'an older version changes no line').toMatchObject({ version: 2 })
  store.forget('a')
  expect(store.seen.has('a')).toBe(false)
})

test('offline, the queue shows the kept copy under the same filter, with the counts of the copy', async () => {
  await keep(item('k'), item('l', { state: 'rejected' }))
  askPage.mockRejectedValue(new Fault('offline', true))
  store.open(TODO)
  await vi.waitFor(() => expect([store.isKeeping, store.isKept, ids()]).toEqual([true, true, 'k']), PATIENT)
  expect([store.state, store.counts, store.next]).toEqual(['offline', { received: 1, rejected: 1 }, null])
  store.narrow({ ...TODO, show: 'all' })
  await shows('kl')
})

test('online, the queue shows the server’s list even when a copy is kept', async () => {
  await keep(item('k'))
  store.open(TODO)
  await vi.waitFor(() => expect([store.isKeeping, store.isKept, ids()]).toEqual([true, false, 'ab']), PATIENT)
})

test('the switch turns the copy off and on, and a copy that cannot be stored reports its fault', async () => {
  await keep()
  store.open(TODO)
  await vi.waitFor(() => expect(store.isKeeping).toBe(true), PATIENT)
  await store.keep(false)
  await vi.waitFor(() => expect(store.kept).toBeNull(), PATIENT)
  const full = vi.spyOn(db.meta, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  await store.keep(true)
  expect([store.copyTrouble, store.isKeeping]).toEqual([
    expect.objectContaining({ code: 'storage_full' }),
    false,
  ])
  full.mockRestore()
  await store.keep(true)
  await vi.waitFor(() => expect([store.isKeeping, store.copyTrouble]).toEqual([true, null]), PATIENT)
})

test('closing the queue clears everything it showed and stops all reads', async () => {
  await keep(item('k'))
  store.open(TODO)
  await shows('ab')
  await vi.waitFor(() => expect(store.isKeeping).toBe(true), PATIENT)
  store.search = 'río'
  store.see(item('a', { version: 2 }))
  store.close()
  expect([ids(), store.counts, store.search, store.seen.size, store.kept, store.state]).toEqual([
    '',
    {},
    '',
    0,
    undefined,
    'waiting',
  ])
  store.narrow({ ...TODO, show: 'all' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([asked().length, store.kept]).toEqual([1, undefined])
})
