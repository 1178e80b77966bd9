import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { VerdictRow } from '@/domain/ops'
import { db, type OutboxOp, type OverlayRow } from '../db'
import { eraseStaff, startKeeping, stopKeeping } from './keptItems'
import { SESSION_KEY } from './session'

const ME = 'member-1'
const OTHER = 'member-2'

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  const user = { id: ME, email: 'a@b.mx' }
  const value = JSON.stringify({ access_token: 't', expires_at: 9e9, user })
  await db.auth.put({ key: SESSION_KEY, value })
})

const item = { id: 's1', version: 2, decisions: [], display_name: 'Ana Pérez' } as unknown as VerdictRow
const arrival = { submission_id: 's2', version: 2, name: 'Ana Pérez', pass_hash: 'h' } as VerdictRow
const overlay = (actor: string | null, row: VerdictRow | null, xid: string | null): OverlayRow => ({
  op_id: crypto.randomUUID(),
  entity_id: 's1',
  actor,
  row,
  xid,
  at: 1,
})
const conflict = (actor: string) =>
  ({
    op_id: crypto.randomUUID(),
    kind: 'review.decide',
    entity_id: 's1',
    payload: { decision: 'reject', message: 'No trata del tema.' },
    actor,
    state: 'needs_person',
    code: 'conflict',
    current: item,
  }) as Omit<OutboxOp, 'seq'>
const actors = async () => (await db.overlay.toArray()).map(({ actor, xid }) => [actor, xid]).sort()
const dump = async () => JSON.stringify(await Promise.all(db.tables.map((table) => table.toArray())))

test('erasing deletes the overlays of staff verdicts and keeps those of unsent ops and of authors', async () => {
  await db.overlay.bulkPut([
    overlay(ME, item, '7'),
    overlay(OTHER, arrival, '8'),
    overlay(ME, null, null),
    overlay(null, item, '9'),
  ])
  await eraseStaff()
  expect(await actors()).toEqual([
    [null, '9'],
    [ME, null],
  ])
})

test('erasing the other members’ rows keeps the overlays and conflicts of the signed-in member', async () => {
  await db.overlay.bulkPut([overlay(ME, item, '7'), overlay(OTHER, arrival, '8')])
  await db.outbox.bulkAdd([conflict(ME), conflict(OTHER)])
  await eraseStaff(ME)
  expect(await actors()).toEqual([[ME, '7']])
  expect((await db.outbox.toArray()).map(({ state }) => state)).toEqual(['needs_person', 'queued'])
})

test('erasing deletes the server’s row of a conflict, keeps the decision’s text and queues it again', async () => {
  await db.outbox.add(conflict(ME))
  await eraseStaff()
  expect(await dump()).not.toContain('Ana Pérez')
  expect(await db.outbox.toArray()).toMatchObject([
    { state: 'queued', code: null, payload: { decision: 'reject', message: 'No trata del tema.' } },
  ])
})

test('turning the switch off deletes verdict rows of submissions and keeps those of the door', async () => {
  await startKeeping(ME)
  await db.overlay.bulkPut([overlay(ME, item, '7'), overlay(ME, arrival, '8')])
  await stopKeeping(ME)
  expect(await actors()).toEqual([[ME, '8']])
})
