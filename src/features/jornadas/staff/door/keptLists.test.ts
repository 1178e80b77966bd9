import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { DoorLine, DoorList, JornadaDay } from '@/features/jornadas/registration'
import { db, type OutboxOp } from '@/data/db'
import {
  dropDoorList,
  confirmDoorList,
  dropMark,
  getDoorDays,
  getDoorList,
  keepDoorDays,
  keepDoorList,
  listDoorVerdicts,
  noteAsking,
  sealMark,
} from './keptLists'
import { endKindRows, eraseKindRows, kindsWithRows } from '@/data/staff/kindRows'
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
const mark = async (id: string, at: string) => (await sealMark(ME, 'd1', { at, line: line(id) }))()
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
  await mark('a', '2026-11-26T10:00:00.000Z')
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
  await mark('a', '2026-11-26T10:00:00.000Z')
  expect(await getDoorList(ME, 'd1')).toBeNull()
  await keepDoorList(ME, list('d1'), nothingAsked)
  await mark('a', '2026-11-26T10:00:00.000Z')
  expect(Object.keys((await getDoorList(ME, 'd1'))!.marks)).toEqual(['a'])
  await dropMark(ME, 'd1', 'a')
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
  expect(await listDoorVerdicts(ME)).toEqual([{ entity_id: 'a', line: row }])
  await keepDoorList(ME, list('d1', { ...row, version: 2 }), nothingAsked)
  expect(await listDoorVerdicts(ME), 'the list has it, encrypted').toEqual([])
})

/** Everything in the database as text, with the bytes of what is encrypted. */
async function onDisk(): Promise<string> {
  const tables = await Promise.all(db.tables.map((table) => table.toArray()))
  return JSON.stringify(tables, (_, value: unknown) =>
    value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value,
  )
}

test('no name of a list or a mark lies readable in the database, and their key cannot be taken out', async () => {
  await keepDoorList(ME, list('d1', { ...line('a'), name: 'Ana Prueba' }), nothingAsked)
  await (
    await sealMark(ME, 'd1', { at: 'x', line: { ...line('b'), name: 'Beto Prueba' } })
  )()
  expect((await getDoorList(ME, 'd1'))!.marks['b']!.line.name).toBe('Beto Prueba')
  expect(await onDisk()).not.toMatch(/Prueba/u)
  const { key } = (await db.meta.get(`door:${ME}:key`))!.value as { key: CryptoKey }
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow('extractable')
})

test('signing out takes the key, so what an old copy of the rows holds opens no more', async () => {
  await keepDoorList(ME, list('d1', line('a')), nothingAsked)
  const copy = (await db.meta.toArray()).filter(({ key }) => !key.endsWith(':key'))
  await eraseKindRows()
  await db.meta.bulkPut(copy)
  expect(await getDoorList(ME, 'd1')).toBeNull()
  await keepDoorList(ME, list('d2', line('b')), nothingAsked) // another key
  expect(await getDoorList(ME, 'd1')).toBeNull()
})

test('a list, its marks and its key end with the day; one of a day that is over, with the day of its reading', async () => {
  const day = (on_day: string | null) =>
    ({ jornada: { id: 'd1', on_day }, items: [line('a')] }) as unknown as DoorList
  const keys = async () => (await db.meta.toArray()).map(({ key }) => key.split(':')[2]).sort()
  const all = ['key', 'list', 'mark']
  await keepDoorList(ME, day('2099-11-26'), nothingAsked)
  await mark('a', '2099-11-26T10:00:00.000Z')
  await endKindRows(new Date('2099-11-26T23:59:00-06:00'))
  expect(await keys()).toEqual(all)
  await endKindRows(new Date('2099-11-27T00:00:00-06:00'))
  expect(await keys()).toEqual([])
  for (const on_day of ['2020-01-01', null]) {
    await keepDoorList(ME, day(on_day), nothingAsked)
    await endKindRows(new Date())
    expect(await keys()).toEqual(['key', 'list'])
    await endKindRows(new Date(Date.now() + 24 * 3_600_000))
    expect(await keys()).toEqual([])
  }
})

test('a list that is still the same gets the hour at which that was asked, and a list of before is read as it is', async () => {
  await keepDoorList(ME, list('d1', line('a')), nothingAsked)
  const { value } = (await db.meta.get(`door:${ME}:list:d1`)) as { value: object }
  await db.meta.put({ key: `door:${ME}:list:d1`, value: { ...value, at: '2026-11-26T00:00:00.000Z' } })
  await mark('a', '2026-11-26T10:00:00.000Z')
  await confirmDoorList(ME, 'd1', { at: '2026-11-26T10:00:01.000Z', pending: new Set() })
  const kept = (await getDoorList(ME, 'd1'))!
  expect([kept.at > '2026-11-26', kept.list.items.length, kept.marks]).toEqual([true, 1, {}])
  const before = { at: 'x', list: list('d9', line('z')), marks: {} }
  await db.meta.put({ key: `door:${ME}:list:d9`, value: before })
  expect(await getDoorList(ME, 'd9')).toEqual(before)
})
