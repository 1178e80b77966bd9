import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { DoorLine, DoorList, JornadaDay } from '@/features/jornadas/registration'
import { db, type OutboxOp } from '@/data/db'
import {
  dropDoorList,
  getDoorDays,
  getDoorList,
  keepDoorDays,
  keepDoorList,
  listDoorVerdicts,
  markArrival,
  noteAsking,
  unmarkArrival,
} from './keptLists'
import { eraseKindRows, kindsWithRows } from '@/data/staff/kindRows'
import { SESSION_KEY } from '@/data/staff/session'

const ME = 'member-1'
const signedIn = (id: string) =>
  db.auth.put({
    key: SESSION_KEY,
    value: JSON.stringify({ access_token: 't', expires_at: 9e9, user: { id, email: 'a@b.mx' } }),
  })
const line = (id: string, status: DoorLine['status'] = 'confirmed') =>
  ({ submission_id: id, name: id, status, version: 1 }) as DoorLine
const list = (jornada: string, ...items: DoorLine[]) => ({ jornada: { id: jornada }, items }) as DoorList
const nothingAsked = { at: '2026-11-26T00:00:00.000Z', pending: new Set<string>() }
const waits = (entity_id: string, jornada_id: string, actor = ME) =>
  db.outbox.add({
    op_id: crypto.randomUUID(),
    kind: 'door.check_in',
    entity_id,
    actor,
    payload: { jornada_id },
  } as OutboxOp)

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  await signedIn(ME)
})

test('a list is kept for its signed-in member only', async () => {
  await keepDoorList(ME, list('d1', line('a')), nothingAsked)
  expect((await getDoorList(ME, 'd1'))?.list.items).toHaveLength(1)
  expect(await getDoorList('member-2', 'd1')).toBeNull()
  expect([await kindsWithRows(ME), await kindsWithRows('member-2')]).toEqual([['jornadas'], []])
  await signedIn('member-2')
  await keepDoorList(ME, list('d2'), nothingAsked)
  await keepDoorDays(ME, [])
  expect([await getDoorList(ME, 'd2'), await getDoorDays(ME)]).toEqual([null, null])
  await eraseKindRows('member-2')
  expect(await getDoorList(ME, 'd1')).toBeNull()
})

test('a day missing from a new read loses its list, and erasing removes everything of the door', async () => {
  await keepDoorList(ME, list('d1'), nothingAsked)
  await keepDoorList(ME, list('d2'), nothingAsked)
  await keepDoorDays(ME, [{ id: 'd2' } as JornadaDay])
  expect(await getDoorList(ME, 'd1')).toBeNull()
  expect(await getDoorList(ME, 'd2')).not.toBeNull()
  await db.meta.put({ key: 'other', value: 1 })
  await eraseKindRows()
  expect((await db.meta.toArray()).map(({ key }) => key)).toEqual(['other'])
})

test('a mark stays until a list is read that was requested after the mark, with no check-in pending', async () => {
  await keepDoorList(ME, list('d1', line('a')), nothingAsked)
  await waits('a', 'd1')
  await waits('a', 'd2')
  await waits('b', 'd1', 'member-2')
  await markArrival(ME, 'd1', { at: '2026-11-26T10:00:00.000Z', line: line('a') })
  const marks = async () => Object.keys((await getDoorList(ME, 'd1'))!.marks)

  const asked = await noteAsking(ME, 'd1')
  expect([...asked.pending]).toEqual(['a'])
  await db.outbox.clear() // accepted while the list was being read
  await keepDoorList(ME, list('d1', line('a')), asked)
  expect(await marks()).toEqual(['a'])
  await keepDoorList(ME, list('d1', line('a')), { at: '2026-11-26T09:59:59.000Z', pending: new Set() })
  expect(await marks()).toEqual(['a']) // marked after the list was requested
  await keepDoorList(ME, list('d1', line('a')), { at: '2026-11-26T10:00:01.000Z', pending: new Set() })
  expect(await marks()).toEqual([])
})

test('a mark can be removed, and without a kept list there is no mark', async () => {
  await markArrival(ME, 'd1', { at: '2026-11-26T10:00:00.000Z', line: line('a') })
  expect(await getDoorList(ME, 'd1')).toBeNull()
  await keepDoorList(ME, list('d1'), nothingAsked)
  await markArrival(ME, 'd1', { at: '2026-11-26T10:00:00.000Z', line: line('a') })
  await unmarkArrival(ME, 'd1', 'a')
  expect((await getDoorList(ME, 'd1'))?.marks).toEqual({})
  await dropDoorList(ME, 'd1')
  expect(await getDoorList(ME, 'd1')).toBeNull()
})

test('the door reads only verdict rows of this member that have a pass', async () => {
  const row = { ...line('a'), pass_hash: 'h' }
  const overlay = { entity_id: 'a', at: 1 }
  await db.overlay.bulkPut([
    { ...overlay, op_id: '1', actor: ME, row, xid: '7' },
    { ...overlay, op_id: '2', actor: ME, row: null, xid: null },
    { ...overlay, op_id: '3', actor: 'member-2', row, xid: '7' },
    { ...overlay, op_id: '4', actor: ME, row: { id: 'x', version: 1 } as never, xid: '7' },
  ])
  expect(await listDoorVerdicts(ME)).toEqual([row])
})
