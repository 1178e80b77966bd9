/** The chip of a video through its life, as lists show it: the real uploader writes what the chip reads. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { getSubmission } from '@/data/submissions'
import type { MediaStatus } from '@/domain/video'
import { makeOp } from '@/sync/enqueue'
import { wipe } from '@/sync/testing/phone'
import { pauseTransfer, resumeTransfer } from './transfers'
import { CHUNK_BYTES } from './tus'
import { SendingPhone, bytesOf, sealed } from './testing/sender'
import { TusServer } from './testing/tusServer'

const BYTES = bytesOf(2 * CHUNK_BYTES + 12_345)

let server: TusServer
let phone: SendingPhone

beforeEach(async () => {
  await wipe()
  server = new TusServer()
  await server.listen()
  phone = new SendingPhone(server)
})
afterEach(() => server.close())

/** What the server tells of the submission. */
const told = (status: MediaStatus, state = 'received') =>
  db.base.put({
    scope: 'mine:s1',
    entity: 'submission',
    id: 's1',
    row: {
      id: 's1',
      kind: 'videos',
      version: 1,
      state,
      folio: 'VI-2026-000001-1',
      convocatoria_title: 'Videos',
      content: { media: { id: 'media-s1', status } },
    },
  })
const shown = async () => {
  const { chip, progress } = (await getSubmission('s1'))!
  return chip === 'sending' && progress !== null ? Math.floor(progress * 100) : chip
}

test('before its text arrives it is unsent; then its bytes are missed, counted, and only then is it received', async () => {
  await sealed('s1', BYTES)
  await db.outbox.add(makeOp({ kind: 'video.submit', entity_id: 's1', payload: {} }, '2026-01-01T00:00:00Z'))
  expect(await shown()).toBe('unsent')
  await db.outbox.clear()
  await told('awaiting_upload')
  expect(await shown()).toBe('video_here')
  const seen: unknown[] = []
  phone.deps.transport = async (request, options) => {
    if (request.method === 'PATCH') seen.push(await shown())
    return phone.transport(request, options)
  }
  expect(await phone.run()).toBe('done')
  expect(seen).toEqual([0, 49, 99])
  expect(await db.outbox.toArray()).toMatchObject([{ kind: 'video.attach' }])
  expect(await shown()).toBe(100)
  await db.outbox.clear() // the server heard it; its row has not come yet
  expect(await shown()).toBe(100)
  await told('attached')
  expect(await shown()).toBe('received')
})

test.each<[string, (phone: SendingPhone) => unknown, (phone: SendingPhone) => unknown]>([
  ['without signal', (one) => one.plan.push('lost'), () => db.media.toCollection().modify({ not_before: 0 })],
  ['paused', () => pauseTransfer('s1'), () => resumeTransfer('s1')],
  [
    'held back for Wi-Fi',
    (one) => {
      one.network = 'cellular'
      return db.media.toCollection().modify({ wifi_only: true })
    },
    (one) => (one.network = 'other'),
  ],
])('%s in the middle it is still on the phone, and counted again later', async (_, stop, goOn) => {
  await sealed('s1', BYTES)
  await told('awaiting_upload')
  let isFirst = true
  phone.deps.transport = async (request, options) => {
    const given = await phone.transport(request, options)
    if (request.method === 'PATCH' && isFirst) {
      isFirst = false
      await stop(phone)
    }
    return given
  }
  await phone.run()
  expect(await shown()).toBe('video_here')
  await goOn(phone)
  phone.deps.transport = async (request, options) => {
    if (request.method === 'PATCH') expect(await shown()).toBeTypeOf('number')
    return phone.transport(request, options)
  }
  expect(await phone.run()).toBe('done')
  expect(await shown()).toBe(100)
})

test('what the server did not get right needs the person; on a phone without its bytes they are missed', async () => {
  await sealed('s1', BYTES)
  await told('expired')
  expect(await shown()).toBe('needs_attention')
  await wipe()
  await sealed('s1', BYTES)
  await db.media.clear()
  await told('awaiting_upload')
  expect(await shown()).toBe('video_missing')
  await told('awaiting_upload', 'withdrawn')
  expect(await shown()).toBe('withdrawn')
})
