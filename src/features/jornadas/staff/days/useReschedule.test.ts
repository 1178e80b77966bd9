// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import { createApp, effectScope, nextTick } from 'vue'
import { db, type OutboxOp } from '@/data/db'
import { getReply, saveReply } from '@/data/staff/replies'
import type { JornadaDay } from '@/features/jornadas/registration'
import { useStaffSessionStore } from '@/staff/desk/staffSessionStore'
import { useReschedule } from './useReschedule'

vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: () => undefined },
  answerOf: async () => ({ items: [day] }),
}))

const day = {
  id: 'j1',
  sequence: 3,
  on_day: '2026-12-10',
  starts_at: null,
  ends_at: null,
  place: 'Auditorio',
  modality: 'presencial',
  capacity: 10,
  speaker: 'Ana Pérez',
} as JornadaDay
const stopped = {
  seq: 1,
  op_id: 'o1',
  kind: 'jornada.reschedule',
  entity_id: 'j1',
  actor: 'yo',
  payload: { ...day, place: 'Explanada', reason: 'Hay obras.' },
  expected_version: 2,
  state: 'needs_person',
  code: 'conflict',
  current: day,
} as unknown as OutboxOp

beforeEach(() => Promise.all(db.tables.map((table) => table.clear())))
afterEach(() => vi.restoreAllMocks())

async function begin(op: OutboxOp | null = stopped) {
  if (op) await db.outbox.add(op)
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // Vue warns that there is no router
  setActivePinia(createPinia())
  const session = useStaffSessionStore()
  session.open({ user_id: 'yo', email: '' })
  await vi.waitFor(() => expect(session.ops).toHaveLength(op ? 1 : 0), { timeout: 20_000 })
  const app = createApp({})
  const tracker = app.runWithContext(() => effectScope().run(() => useReschedule('j1')))!
  await vi.waitFor(() => expect(tracker.state.value).toBe('ready'), { timeout: 20_000 })
  await nextTick()
  return tracker
}
const kept = () => getReply('yo', 'j1', 'cambio')

test('a stopped change is discarded only after its words are saved as a form', async () => {
  const tracker = await begin()
  const put = vi.spyOn(db.meta, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  expect([await tracker.reopen(), await tracker.useMine()]).toEqual([false, false])
  expect(await db.outbox.count()).toBe(1)
  expect(tracker.hasFailed.value).toBe(true)
  put.mockRestore()
  const discarded = vi.spyOn(db.outbox, 'bulkDelete').mockImplementation(() => {
    throw new Error('the battery is gone')
  })
  await expect(tracker.reopen()).rejects.toThrow('storage_failed')
  expect(await kept()).toMatchObject({ form: { place: 'Explanada', reason: 'Hay obras.' } })
  discarded.mockRestore()
  expect(await tracker.reopen()).toBe(true)
  expect(await db.outbox.count()).toBe(0)
})

test('a form that an older version kept opens with the fields that it lacks', async () => {
  const { speaker: _, ...rest } = day
  const old = {
    base: day,
    form: { ...rest, pending: false, starts_at: '', ends_at: '', capacity: '12', reason: '' },
  }
  await saveReply('yo', 'j1', 'cambio', old)
  const tracker = await begin(null)
  expect(tracker.isDirty.value).toBe(true)
  expect(tracker.form.value).toMatchObject({
    capacity: '12',
    speaker: 'Ana Pérez',
    link: '',
    cancelled: false,
  })
})
