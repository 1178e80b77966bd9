import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { eraseStaff, getKept, startKeeping, stopKeeping } from '@/data/staff/keptItems'
import { SESSION_KEY } from '@/data/staff/session'
import { Fault } from '@/domain/fault'
import type { StaffPullRequest, StaffPullResult } from '@/domain/pull'
import type { StaffItem } from '@/domain/staffRows'
import { isStaffAnswer, pullStaff, type StaffPullAnswer } from './staffPull'

const ME = 'member-1'
const NOW = '2026-11-26T15:40:00+00:00'

const signIn = (id: string) =>
  db.auth.put({
    key: SESSION_KEY,
    value: JSON.stringify({ access_token: 't', expires_at: 9e9, user: { id, email: 'a@b.mx' } }),
  })
const item = (id: string, change: Partial<StaffItem> = {}) =>
  ({
    id,
    convocatoria_id: 'c1',
    state: 'received',
    version: 1,
    received_at: `2026-11-2${id.length}T00:00:00Z`,
    decisions: ['accept'],
    ...change,
  }) as StaffItem
const put = (row: StaffItem) => ({ entity: 'submission', id: row.id, op: 'put' as const, row })
const remove = (id: string) => ({ entity: 'submission', id, op: 'remove' as const })
const ok = (change: Partial<StaffPullResult> = {}): StaffPullResult => ({
  scope: 'staff',
  id: 'c1',
  status: 'ok',
  reset: false,
  more: false,
  partial: false,
  cursor: '7.0@d/',
  changes: [],
  ...change,
})
const denied = ok({ status: 'denied' })
const answer = (pulls: StaffPullResult[], epoch = 'e1'): StaffPullAnswer => ({
  now: NOW,
  epoch,
  watermark_age: 0,
  pulls,
})

/** A server that gives these answers in order. `asked` has the requests that it received. */
function server(...answers: (StaffPullAnswer | Fault)[]) {
  const asked: StaffPullRequest[][] = []
  const ask = async (pulls: StaffPullRequest[]) => {
    asked.push(pulls)
    const next = answers.shift()
    if (!next || next instanceof Fault) throw next ?? new Error('asked once too often')
    return next
  }
  return { ask, asked }
}
const pull = (...answers: (StaffPullAnswer | Fault)[]) => pullStaff(server(...answers).ask, ME, ['c1'])
const ids = async (userId = ME) => (await getKept(userId))?.items.map(({ id }) => id)

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  await signIn(ME)
  await startKeeping(ME)
})

test('each page starts at the cursor of the page before, and later changes are merged', async () => {
  const first = server(
    answer([ok({ reset: true, more: true, cursor: '7.0@d/a', changes: [put(item('a'))] })]),
    answer([ok({ cursor: '7.0@d/bb', partial: true, changes: [put(item('bb'))] })]),
  )
  await pullStaff(first.ask, ME, ['c1'])
  expect(first.asked.map(([one]) => one?.cursor)).toEqual([null, '7.0@d/a'])
  expect(await ids()).toEqual(['a', 'bb'])
  expect((await getKept(ME))?.scopes).toEqual({ c1: { at: NOW, partial: true } })
  await pull(answer([ok({ cursor: '9.0@d/bb', changes: [remove('a'), put(item('bb', { version: 2 }))] })]))
  expect(await ids()).toEqual(['bb'])
  expect((await getKept(ME))?.items.find(({ id }) => id === 'bb')).toMatchObject({ version: 2 })
})

test('the note of a first read says how many submissions are still to come, and a complete one says nothing', async () => {
  const more = ok({ reset: true, more: true, left: 3, cursor: '7.0@d/a', changes: [put(item('a'))] })
  await pullStaff(server(answer([more]), new Fault('offline', true)).ask, ME, ['c1']).catch(() => undefined)
  expect((await getKept(ME))?.scopes).toEqual({ c1: { at: null, partial: false, left: 3 } })
  await pull(answer([ok({ left: 0, cursor: '7.0@d/bb', changes: [put(item('bb'))] })]))
  expect((await getKept(ME))?.scopes).toEqual({ c1: { at: NOW, partial: false } })
})

test('an interrupted first read keeps its rows without an age and continues at its cursor', async () => {
  await expect(
    pull(
      answer([ok({ reset: true, more: true, cursor: '7.0@d/a', changes: [put(item('a'))] })]),
      new Fault('offline', true),
    ),
  ).rejects.toThrow('offline')
  expect(await getKept(ME)).toMatchObject({ items: [{ id: 'a' }], scopes: { c1: { at: null } } })
  const next = server(answer([ok({ cursor: '8.0@d/bb', changes: [put(item('bb'))] })]))
  await pullStaff(next.ask, ME, ['c1'])
  expect(next.asked[0]![0]!.cursor).toBe('7.0@d/a')
  expect(await ids()).toEqual(['a', 'bb'])
})

test('a denied queue loses its rows, cursor and verdicts, but the decision stays in the outbox', async () => {
  await pull(answer([ok({ reset: true, changes: [put(item('a'))] })]))
  const verdict = { entity_id: 'a', actor: ME, row: item('a', { version: 2 }), at: 1 }
  await db.overlay.bulkPut([
    { ...verdict, op_id: 'in', xid: '8' },
    { ...verdict, op_id: 'waits', row: null, xid: null },
  ])
  await db.outbox.add({ op_id: 'waits', entity_id: 'a', actor: ME, state: 'queued' } as never)
  await pull(answer([denied]))
  expect(await getKept(ME)).toMatchObject({ items: [], scopes: {} })
  expect(await db.cursors.count()).toBe(0)
  expect((await db.overlay.toArray()).map(({ op_id }) => op_id)).toEqual(['waits'])
  expect(await db.outbox.count()).toBe(1)
})

test('a kept campaign is pulled even when the caller does not name it', async () => {
  await pull(answer([ok({ reset: true, changes: [put(item('a'))] })]))
  const { ask, asked } = server(answer([denied]))
  await pullStaff(ask, ME, [])
  expect(asked[0]!.map(({ id }) => id)).toEqual(['c1'])
  expect(await ids()).toEqual([])
})

test('a decision made on this phone is shown until a pull brings a newer version', async () => {
  await pull(answer([ok({ reset: true, changes: [put(item('a'))] })]))
  const row = item('a', { version: 2, state: 'accepted' })
  await db.overlay.put({ op_id: 'o', entity_id: 'a', actor: ME, row, xid: '8', at: 1 })
  await db.overlay.put({
    op_id: 'p',
    entity_id: 'a',
    actor: 'member-2',
    row: item('a', { version: 9 }),
    xid: '8',
    at: 1,
  })
  expect((await getKept(ME))!.items).toMatchObject([{ version: 2, state: 'accepted' }])
  await pull(answer([ok({ changes: [put(item('a', { version: 3, state: 'in_review' }))] })]))
  expect((await getKept(ME))!.items).toMatchObject([{ version: 3, state: 'in_review' }])
})

test('an answer is not written after the member signed out, changed or turned the switch off', async () => {
  const late = (then: () => Promise<unknown>) => async () => {
    await then()
    return answer([ok({ reset: true, changes: [put(item('a'))] })])
  }
  for (const leave of [() => stopKeeping(ME), () => db.auth.clear(), () => signIn('member-2')]) {
    await signIn(ME)
    await startKeeping(ME)
    await pullStaff(late(leave), ME, ['c1'])
    expect(await db.base.count()).toBe(0)
  }
})

test('turning the switch off deletes everything but waiting ops, and then nothing is pulled', async () => {
  await pull(answer([ok({ reset: true, changes: [put(item('a'))] })]))
  await db.outbox.add({ op_id: 'o', entity_id: 'a', actor: ME, state: 'queued' } as never)
  await stopKeeping(ME)
  expect([await getKept(ME), await db.base.count(), await db.cursors.count()]).toEqual([null, 0, 0])
  expect(await db.outbox.count()).toBe(1)
  const ask = vi.fn<() => Promise<StaffPullAnswer>>()
  await pullStaff(ask, ME, ['c1'])
  expect(ask).not.toHaveBeenCalled()
})

test('erasing keeps the rows of the member it excepts, and always those of citizens', async () => {
  await pull(answer([ok({ reset: true, changes: [put(item('a'))] })]))
  await db.base.put({ scope: 'mine:a', entity: 'submission', id: 'a', row: {} })
  await db.cursors.put({ scope: 'mine:a', cursor: '1.0' })
  await eraseStaff(ME)
  expect(await ids()).toEqual(['a'])
  await eraseStaff('member-2')
  expect(await getKept(ME)).toBeNull()
  expect((await db.base.toArray()).map(({ scope }) => scope)).toEqual(['mine:a'])
  expect((await db.cursors.toArray()).map(({ scope }) => scope)).toEqual(['mine:a'])
})

test('a queue is read from the start after a new epoch', async () => {
  await pull(answer([ok({ reset: true, changes: [put(item('a'))] })]))
  const { ask, asked } = server(
    answer([ok({ changes: [put(item('x'))] })], 'e2'),
    answer([ok({ reset: true, changes: [put(item('bb'))] })], 'e2'),
  )
  await pullStaff(ask, ME, ['c1'])
  expect(asked.map(([one]) => one!.cursor)).toEqual(['7.0@d/', null])
  expect(await ids()).toEqual(['bb'])
})

test('when two tabs pull with the same cursor, the second answer is not written', async () => {
  await pull(answer([ok({ reset: true, changes: [put(item('a'))] })]))
  const slow = async () => {
    await pull(answer([ok({ cursor: '9.0@d/', changes: [remove('a')] })]))
    return answer([ok({ cursor: '8.0@d/', changes: [put(item('a', { version: 2 }))] })])
  }
  await pullStaff(slow, ME, ['c1'])
  expect(await ids()).toEqual([])
  expect((await db.cursors.toArray())[0]!.cursor).toBe('9.0@d/')
})

test('a staff pull fails when the server promises more pages but does not move the cursor', async () => {
  await pull(answer([ok({ reset: true })]))
  await expect(pull(answer([ok({ more: true })]))).rejects.toThrow('not_ours')
})

test('only the shape of a `pull_changes` answer is accepted', () => {
  expect(isStaffAnswer(answer([ok({ changes: [put(item('a')), remove('b')] }), denied]))).toBe(true)
  expect(isStaffAnswer({ status: 'login required' })).toBe(false)
  expect(isStaffAnswer(answer([ok({ cursor: 'x' })]))).toBe(false)
  expect(isStaffAnswer(answer([{ ...ok(), scope: 'public' as never }]))).toBe(false)
})
