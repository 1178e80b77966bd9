import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { wipe } from '@/sync/testing/phone'
import { readNetwork } from './network'
import { SendingPhone, bytesOf, mediaRow, sealed, transferOf } from './testing/sender'
import { TusServer } from './testing/tusServer'
import { cancelTransfer, resumeTransfer, sendAnyway, setWifiOnly } from './transfers'
import { CHUNK_BYTES } from './tus'

const BYTES = bytesOf(CHUNK_BYTES + 10)

let server: TusServer
let phone: SendingPhone

beforeEach(async () => {
  await wipe()
  server = new TusServer()
  await server.listen()
  phone = new SendingPhone(server)
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await server.close()
})

test.each([
  [undefined, 'unknown'],
  [{ type: 'wifi' }, 'other'],
  [{ type: 'cellular', saveData: false }, 'cellular'],
  [{ type: 'wifi', saveData: true }, 'saving'],
  [{ saveData: true }, 'saving'],
])('a connection reported as %j counts as %s', (connection, network) => {
  vi.stubGlobal('navigator', { connection })
  expect(readNetwork()).toBe(network)
})

test('with data saving on, a video waits for the person’s consent on any network', async () => {
  const { id } = await sealed('s1', BYTES)
  phone.network = 'saving'
  await phone.run()
  expect(phone.requests).toEqual([])
  expect(await transferOf('s1', 'saving')).toMatchObject({ state: 'waiting', reason: 'save_data' })
  await sendAnyway('s1')
  await phone.run()
  expect(server.objects.has(id)).toBe(true)
})

test('the consent lifts «only on Wi-Fi», and choosing Wi-Fi again revokes the consent', async () => {
  await sealed('s1', BYTES)
  await setWifiOnly('s1', true)
  expect(await transferOf('s1', 'unknown')).toMatchObject({ reason: 'network_unknown' })
  await sendAnyway('s1')
  expect(await transferOf('s1', 'unknown')).toMatchObject({ reason: null, wifiOnly: false })
  await setWifiOnly('s1', true)
  expect(await transferOf('s1', 'saving')).toMatchObject({ reason: 'save_data' })
})

test('a cancelled upload sends nothing more, and a resumed one sends every byte from the first', async () => {
  const { id, sha256 } = await sealed('s1', BYTES)
  phone.plan = ['ok', 'ok', 'lost']
  expect(await phone.run()).toBe('failed')
  await cancelTransfer('s1')
  const before = phone.requests.length
  expect(await phone.run({ hurry: true })).toBe('done')
  expect(phone.requests).toHaveLength(before)
  expect(await db.mediaChunks.count(), 'all sealed bytes are on the phone').toBe(7)
  await resumeTransfer('s1')
  expect(await phone.run({ hurry: true })).toBe('done')
  expect(phone.requests.slice(before)).toEqual(['POST', 'PATCH', 'PATCH'])
  expect(server.objects.get(id)?.sha256).toBe(sha256)
})

test('the answer to a chunk does not restart an upload that was cancelled meanwhile', async () => {
  const { sha256, id } = await sealed('s1', BYTES)
  phone.deps.transport = async (request, options) => {
    const given = await phone.transport(request, options)
    if (phone.requests.length === 2) await cancelTransfer('s1')
    return given
  }
  expect(await phone.run()).toBe('done')
  expect(phone.requests).toEqual(['POST', 'PATCH'])
  expect(await mediaRow('s1')).toMatchObject({ paused: true, cancelled: true })
  phone.deps = {}
  await resumeTransfer('s1')
  await phone.settle()
  expect(server.objects.get(id)?.sha256).toBe(sha256)
})
