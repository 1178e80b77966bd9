import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { Phone, submit, wipe } from '@/sync/testing/phone'
import { sendAllInBackground } from './background'
import { stageMedia } from './store'
import { CHUNK_BYTES } from './tus'
import { SendingPhone, bytesOf, mediaRow } from './testing/sender'
import { TusServer } from './testing/tusServer'

const LONG_MS = 600_000

let server: TusServer
let texts: Phone
let videos: SendingPhone

beforeEach(async () => {
  await wipe()
  server = new TusServer()
  await server.listen()
  texts = new Phone()
  videos = new SendingPhone(server)
  await submit('s1', { text: 'x' })
  await db.items.update('s1', { kind: 'videos' }) // a kind with an op that announces the upload
  await stageMedia({
    id: 'media-s1',
    submissionId: 's1',
    file: new Blob([bytesOf(CHUNK_BYTES + 10)]),
    mime: 'video/mp4',
  })
})
afterEach(() => server.close())

const send = (deadlineMs = LONG_MS) => sendAllInBackground(deadlineMs, texts.engine(), videos.uploads())

test('the worker sends the text, then the bytes, then the op that announces the upload', async () => {
  await send()
  expect(server.objects.has('media-s1')).toBe(true)
  expect(texts.server.effects.map(({ entity_id }) => entity_id)).toEqual(['s1', 's1'])
  expect(texts.network.batches.map(([op]) => op!.kind)).toEqual(['propuesta.submit', 'video.attach'])
  expect(await db.outbox.count()).toBe(0)
})

test('without a connection the worker requests no upload and asks the browser for another sync', async () => {
  texts.network.plan = ['lost']
  await expect(sendAllInBackground(0, texts.engine(), videos.uploads())).rejects.toMatchObject({
    code: 'offline',
  })
  expect(videos.requests).toEqual([])
})

test('a sync continues the upload that the previous one could not finish before its deadline', async () => {
  videos.deps.transport = (request, options) => {
    videos.clock += 60_000
    texts.clock += 60_000
    return videos.transport(request, options)
  }
  await expect(send(90_000)).rejects.toMatchObject({ code: 'offline' })
  expect(await mediaRow('s1')).toMatchObject({ state: 'patching', offset: CHUNK_BYTES })
  await send()
  expect(videos.requests).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH'])
})

test('the worker uploads after a closing page has released the lease', async () => {
  await db.leases.put({ name: 'media', fence: 7, held: true, heartbeat: videos.clock })
  const closing = new Promise<void>((resolve) => setTimeout(resolve, 1_500))
  void videos.locks.request('convoca-media', {}, () => closing)
  await send()
  expect(server.objects.has('media-s1')).toBe(true)
})

test('a paused video causes no upload and no further sync', async () => {
  await db.media.toCollection().modify({ paused: true })
  await send()
  expect(videos.requests).toEqual([])
  expect(texts.server.effects).toHaveLength(1)
})
