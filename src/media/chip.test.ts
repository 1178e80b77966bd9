/** The chip that lists show for a video, from draft to receipt, with the real uploader. */
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

/** Writes the server's row of the submission, as a pull does. */
const pullRow = (status: MediaStatus, state = 'received') =>
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

test('the chip says unsent, video on this phone, percent sent and received, in this order', async () => {
  await sealed('s1', BYTES)
  await db.outbox.add(makeOp({ kind: 'video.submit', entity_id: 's1', payload: {} }, '2026-01-01T00:00:00Z'))
  expect(await shown()).toBe('unsent')
  await db.outbox.clear()
  await pullRow('awaiting_upload')
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
  await db.outbox.clear() // the server accepted the op; its row has not been pulled yet
  expect(await shown()).toBe(100)
  await pullRow('attached')
  expect(await shown()).toBe('received')
})

test.each<[string, (phone: SendingPhone) => unknown, (phone: SendingPhone) => unknown]>([
  ['fails', (one) => one.plan.push('lost'), () => db.media.toCollection().modify({ not_before: 0 })],
  ['is paused', () => pauseTransfer('s1'), () => resumeTransfer('s1')],
  [
    'waits for Wi-Fi',
    (one) => {
      one.network = 'cellular'
      return db.media.toCollection().modify({ wifi_only: true })
    },
    (one) => (one.network = 'other'),
  ],
])(
  'the chip of an upload that %s says that the video is here, then shows the percent again',
  async (_, stop, goOn) => {
    await sealed('s1', BYTES)
    await pullRow('awaiting_upload')
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
  },
)

test('an expired upload needs attention, and a phone without the bytes says that the video is missing', async () => {
  await sealed('s1', BYTES)
  await pullRow('expired')
  expect(await shown()).toBe('needs_attention')
  await wipe()
  await sealed('s1', BYTES)
  await db.media.clear()
  await pullRow('awaiting_upload')
  expect(await shown()).toBe('video_missing')
  await pullRow('awaiting_upload', 'withdrawn')
  expect(await shown()).toBe('withdrawn')
})
