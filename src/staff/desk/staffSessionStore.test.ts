import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { db, type OutboxOp } from '@/data/db'
import { eraseStaff } from '@/data/staff/keptItems'
import { SESSION_KEY } from '@/data/staff/session'
import { Fault } from '@/domain/fault'
import type { StaffMe, StaffRole } from '@/domain/staffRows'
import '@/features/kinds'
import { useStaffSessionStore } from './staffSessionStore'

const PATIENT = { timeout: 20_000 }
const { askMe, signOut } = vi.hoisted(() => ({
  askMe: vi.fn<() => Promise<unknown>>(),
  signOut: vi.fn<() => Promise<void>>(),
}))
vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: () => askMe() },
  answerOf: (call: unknown) => call,
}))
vi.mock('@/data/staff/auth', () => ({ signOut }))

const ANA = { user_id: 'ana', email: 'ana@ejemplo.mx' }
const LUIS = { user_id: 'luis', email: 'luis@ejemplo.mx' }

const signIn = (userId: string) =>
  db.auth.put({
    key: SESSION_KEY,
    value: JSON.stringify({ access_token: 't', expires_at: 2e9, user: { id: userId, email: `${userId}@x` } }),
  })
const me = (...roles: [StaffRole, string | null][]): StaffMe => ({
  user_id: 'ana',
  name: 'Ana',
  needs_setup: false,
  roles: roles.map(([role, convocatoria_id]) => ({ role, convocatoria_id, jornada_id: null })),
})
const op = (actor: string, id: string, kind: OutboxOp['kind'] = 'review.decide') =>
  ({ op_id: `${actor}${id}`, entity_id: id, actor, kind, state: 'queued' }) as OutboxOp

beforeEach(async () => {
  vi.resetAllMocks()
  await Promise.all(db.tables.map((table) => table.clear()))
  setActivePinia(createPinia())
})

test('the store follows the session of this phone when a member signs in, changes or signs out', async () => {
  const store = useStaffSessionStore()
  expect(store.session).toBeUndefined()
  await vi.waitFor(() => expect(store.session).toBeNull(), PATIENT)
  await signIn('ana')
  await vi.waitFor(() => expect(store.session?.user_id).toBe('ana'), PATIENT)
  await signIn('luis')
  await vi.waitFor(() => expect(store.session?.user_id).toBe('luis'), PATIENT)
  await db.auth.clear()
  await vi.waitFor(() => expect(store.session).toBeNull(), PATIENT)
})

test.each<[StaffRole, string | null, StaffRole, string | undefined, boolean]>([
  ['moderator', null, 'moderator', 'c1', true],
  ['moderator', 'c1', 'moderator', 'c1', true],
  ['moderator', 'c2', 'moderator', 'c1', false],
  ['moderator', 'c2', 'moderator', undefined, true],
  ['moderator', null, 'coordinator', 'c1', false],
])('a %s of %s may act as %s of %s: %s', async (role, scope, asked, convocatoria, is) => {
  askMe.mockResolvedValue(me([role, scope]))
  const store = useStaffSessionStore()
  store.open(ANA)
  await store.readMe()
  expect(store.can(asked, convocatoria)).toBe(is)
})

test('unknown roles allow nothing, and a failed read keeps the known ones', async () => {
  const store = useStaffSessionStore()
  store.open(ANA)
  askMe.mockRejectedValueOnce(new Fault('offline', true))
  await store.readMe()
  expect([store.me, store.can('moderator')]).toEqual([null, false])
  askMe.mockResolvedValueOnce(me(['moderator', null]))
  await store.readMe()
  askMe.mockRejectedValueOnce(new Fault('offline', true))
  await store.readMe()
  expect(store.can('moderator')).toBe(true)
})

test('the desk lists the ops of this phone in order of saving, and follows them until it closes', async () => {
  const store = useStaffSessionStore()
  await db.outbox.bulkAdd([op('ana', 's1'), op('luis', 's2')])
  store.open(ANA)
  await vi.waitFor(() => expect(store.ops.map(({ op_id }) => op_id)).toEqual(['anas1', 'luiss2']), PATIENT)
  await db.outbox.where('actor').equals('ana').delete()
  await vi.waitFor(() => expect(store.ops.map(({ op_id }) => op_id)).toEqual(['luiss2']), PATIENT)
  store.close()
  await db.outbox.add(op('ana', 's3'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([store.userId, store.me, store.ops]).toEqual(['', null, []])
})

test('a new member sees nothing of the previous one, not even an answer that arrives late', async () => {
  const store = useStaffSessionStore()
  store.open(ANA)
  let answer: (me: StaffMe) => void = () => {}
  askMe.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  const late = store.readMe()
  store.open(LUIS)
  askMe.mockResolvedValueOnce(me(['door', null]))
  await store.readMe()
  answer(me(['admin', null]))
  await late
  expect([store.userId, store.email, store.can('door'), store.can('admin')]).toEqual([
    'luis',
    'luis@ejemplo.mx',
    true,
    false,
  ])
})

test('signing out does not count as a session that ended by itself, and the next member starts without that mark', async () => {
  const store = useStaffSessionStore()
  store.open(ANA)
  await store.leave()
  expect([store.isLeaving, signOut.mock.calls.length]).toEqual([true, 1])
  store.close()
  expect(store.isLeaving, 'until the sign-in page is reached').toBe(true)
  store.open(LUIS)
  expect(store.isLeaving).toBe(false)
})

test('an unsent assignment is an op, and none of the changes that block a decision', async () => {
  const store = useStaffSessionStore()
  store.open(ANA)
  await db.outbox.bulkAdd([op('ana', '1', 'desk.assign'), op('luis', '1', 'desk.assign'), op('ana', '2')])
  await vi.waitFor(() => expect(store.ops).toHaveLength(3), PATIENT)
  expect(store.changes.map(({ entity_id }) => entity_id)).toEqual(['2'])
})

test('name and roles survive a reload without signal, and signing out erases them', async () => {
  await signIn('ana')
  askMe.mockResolvedValueOnce(me(['coordinator', 'c1']))
  const before = useStaffSessionStore()
  before.open(ANA)
  await before.readMe()
  await vi.waitFor(async () => expect(await db.meta.count()).toBe(1), PATIENT)

  setActivePinia(createPinia())
  askMe.mockRejectedValue(new Fault('offline', true))
  const after = useStaffSessionStore()
  after.open(ANA)
  await after.readMe()
  await vi.waitFor(() => expect(after.can('coordinator', 'c1')).toBe(true), PATIENT)
  expect([after.can('coordinator', 'c2'), after.me?.name, after.meState]).toEqual([false, 'Ana', 'offline'])
  after.open(LUIS)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(after.me, 'the roles of another member').toBeNull()

  await eraseStaff()
  expect(await db.meta.count()).toBe(0)
})

test('an answer that arrives after signing out is not kept', async () => {
  await signIn('ana')
  const store = useStaffSessionStore()
  store.open(ANA)
  let answer: (me: StaffMe) => void = () => {}
  askMe.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  const reading = store.readMe()
  await db.auth.clear()
  answer(me(['coordinator', null]))
  await reading
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await db.meta.count()).toBe(0)
})
