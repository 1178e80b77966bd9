// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { db, type OutboxOp } from '@/data/db'
import { UNTRIED } from '@/sync/enqueue'
import type { StaffItem } from '@/domain/staffRows'
import { useStaffSessionStore } from '../desk/staffSessionStore'
import { useReviewQueueStore } from '../queue/reviewQueueStore'
import { decideOn } from './decideOn'
import { type Decided, useLastDecisionStore } from './lastDecisionStore'
import { useVerdicts } from './useVerdicts'

vi.mock('@/data/staff/client', () => ({
  supabase: { rpc: () => Promise.reject(new Error('offline')) },
  answerOf: (call: unknown) => call,
}))
vi.mock('@/sync/poke', () => ({ poke: () => undefined, askBackgroundSend: () => undefined }))

const PATIENT = { timeout: 20_000 }
const ops = () => db.outbox.toArray() as Promise<OutboxOp[]>
const inAMinute = () => new Date(Date.now() + 60_000).toISOString()

let last: ReturnType<typeof useLastDecisionStore>
let desk: ReturnType<typeof effectScope>
beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  setActivePinia(createPinia())
  useStaffSessionStore().open({ user_id: 'ana', email: '' })
  last = useLastDecisionStore()
  desk = effectScope()
  desk.run(useVerdicts)
})
afterEach(() => {
  desk.stop()
  useStaffSessionStore().close()
})

/** Saves a decision of this member on version 1 and notes it, as the desk does. */
async function decide(id: string): Promise<Decided> {
  const opId = await decideOn(id, { decision: 'accept_publish' }, 1, 'ana')
  const decided = { id, folio: `PR-${id}`, opId, version: 1 }
  last.note('accept_publish', [decided])
  await vi.waitFor(() => expect(last.unsent).toHaveLength(1), PATIENT)
  return decided
}
const isUnsent = (opId: string) => useStaffSessionStore().ops.some(({ op_id }) => op_id === opId)

/** The server's verdict: the op leaves the outbox and its row arrives. `until`: how long it may be undone. */
async function apply({ id, opId }: Decided, until: string | null) {
  const events = [{ id: 'e1', kind: 'publish', undo_until: until }]
  const row = {
    id,
    folio: `PR-${id}`,
    version: 2,
    state: 'published',
    decisions: [],
    events,
  } as unknown as StaffItem
  await db.transaction('rw', db.outbox, db.overlay, async () => {
    await db.outbox.where('op_id').equals(opId).delete()
    await db.overlay.update(opId, { row, xid: '7' } as never)
  })
  await vi.waitFor(() => expect(isUnsent(opId)).toBe(false), PATIENT)
}

test('a decision that was not sent is undone by discarding it, for as long as it is unsent', async () => {
  await decide('a')
  expect(last.secondsAt(new Date(Date.now() + 3_600_000))).toBe(60)
  await last.undo()
  expect(await ops()).toEqual([])
  expect([last.last, last.tooLate]).toEqual([null, []])
})

test('a decision that the server has is undone by an op for its event, once, and its line follows the verdict', async () => {
  const see = vi.spyOn(useReviewQueueStore(), 'see')
  await apply(await decide('a'), inAMinute())
  await vi.waitFor(
    () => expect(see).toHaveBeenCalledWith(expect.objectContaining({ id: 'a', version: 2 })),
    PATIENT,
  )
  await Promise.all([last.undo(), last.undo()])
  expect((await ops()).map(({ kind, entity_id, payload }) => [kind, entity_id, payload])).toEqual([
    ['review.undo', 'a', { event_id: 'e1' }],
  ])
})

test('of decisions that follow each other faster than their verdicts, each line follows its own', async () => {
  const see = vi.spyOn(useReviewQueueStore(), 'see')
  const decided = [await decide('a'), await decide('b'), await decide('c')]
  for (const one of decided) await apply(one, inAMinute())
  await vi.waitFor(
    () => expect(see.mock.calls.map(([{ id }]) => id).sort()).toEqual(['a', 'b', 'c']),
    PATIENT,
  )
})

test('undoing waits for a decision that is being sent at this moment', async () => {
  const decided = await decide('a')
  await db.outbox
    .where('op_id')
    .equals(decided.opId)
    .modify({ ...UNTRIED, state: 'sending' })
  const undoing = last.undo()
  for (let round = 0; round < 5; round++) await ops() // it has asked this phone, and the verdict comes later
  expect(last.isUndoing).toBe(true)
  await apply(decided, inAMinute())
  await undoing
  expect((await ops()).map(({ kind }) => kind)).toEqual(['review.undo'])
})

test('what can no longer be undone is named, and stays decided', async () => {
  await apply(await decide('a'), null)
  await last.undo()
  expect(await ops()).toEqual([])
  expect(last.tooLate).toEqual(['PR-a'])
})

test('after a minute nothing is offered', async () => {
  await apply(await decide('a'), inAMinute())
  expect(last.secondsAt(new Date())).toBeGreaterThan(50)
  expect(last.secondsAt(new Date(Date.now() + 61_000))).toBe(0)
})
