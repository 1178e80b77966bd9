import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { db } from '@/data/db'
import { discardOp } from '@/sync/discard'
import { enqueue, makeOp } from '@/sync/enqueue'
import { STALE_MS } from '@/sync/fence'
import { wipe } from '@/sync/testing/phone'
import { pauseTransfer, resumeTransfer } from './transfers'
import { CHUNK_BYTES } from './tus'
import { SendingPhone, answer, bytesOf, mediaRow, sealed, secretOf, type UploadFault } from './testing/sender'
import { TusServer } from './testing/tusServer'

const BYTES = bytesOf(2 * CHUNK_BYTES + 12_345)
const TUS = { 'tus-resumable': '1.0.0' }

let server: TusServer
let phone: SendingPhone

beforeEach(async () => {
  await wipe()
  server = new TusServer()
  await server.listen()
  phone = new SendingPhone(server)
})
afterEach(() => server.close())

const attachOps = () => db.outbox.filter((op) => op.kind === 'video.attach').toArray()

test('a sealed video is uploaded in chunks of 6 MiB, and one op announces the upload', async () => {
  const { id, sha256 } = await sealed('s1', BYTES)
  expect(await phone.run()).toBe('done')
  expect(server.objects.get(id)).toEqual({ size: BYTES.length, sha256, mime: 'video/mp4' })
  expect(phone.requests).toEqual(['POST', 'PATCH', 'PATCH', 'PATCH'])
  expect(server.created).toEqual([
    { bucketName: 'videos-intake', objectName: id, contentType: 'video/mp4', cacheControl: '3600' },
  ])
  expect(await mediaRow('s1')).toMatchObject({ state: 'uploaded', offset: BYTES.length, code: null })
  expect(await attachOps()).toMatchObject([
    { entity_id: 's1', payload: { media_id: id }, secret: secretOf('s1'), state: 'queued' },
  ])
  expect(phone.announced).toBe(1)
  expect(await phone.run()).toBe('done')
  expect(await attachOps(), 'announced once').toHaveLength(1)
})

test.each<[UploadFault, string]>([
  ['lost', 'offline'],
  ['answer_lost', 'offline'],
  ['half', 'offline'],
  ['portal', 'not_ours'],
  ['portal_404', 'not_ours'],
  ['500', 'server'],
  ['423', 'busy'],
  ['429', 'rate_limited'],
])('the fault %s during an upload costs at most one chunk', async (fault, code) => {
  const { id, sha256 } = await sealed('s1', BYTES)
  phone.plan = ['ok', 'ok', fault]
  expect(await phone.run()).toBe('failed')
  expect(await mediaRow('s1')).toMatchObject({ state: 'probing', offset: CHUNK_BYTES, attempts: 1, code })
  const { not_before } = (await mediaRow('s1'))!
  expect(not_before - phone.clock).toBeGreaterThanOrEqual(fault === '429' ? 7_000 : 1)
  expect(await phone.run(), 'no request before the retry time').toBe('done')
  expect(phone.requests).toHaveLength(3)
  await phone.run({ hurry: true })
  expect(phone.requests[3], 'the offset is requested first').toBe('HEAD')
  expect(server.objects.get(id)?.sha256).toBe(sha256)
  expect(phone.bytesSent).toBeLessThanOrEqual(BYTES.length + CHUNK_BYTES)
})

test('an upload completes after the answer to its last chunk is lost', async () => {
  await sealed('s1', BYTES)
  phone.plan = ['ok', 'ok', 'ok', 'answer_lost']
  await phone.run()
  phone.clock += 60_000
  expect(await phone.run()).toBe('done')
  expect(phone.requests.slice(4)).toEqual(['HEAD'])
  expect(await attachOps()).toHaveLength(1)
})

test('an upload completes after the answer to its creation is lost', async () => {
  const { id } = await sealed('s1', BYTES)
  phone.plan = ['answer_lost']
  await phone.settle()
  expect(server.objects.has(id)).toBe(true)
})

test('an upload whose address expired starts again from byte 0', async () => {
  const { id, sha256 } = await sealed('s1', BYTES)
  phone.plan = ['ok', 'ok', 'lost']
  await phone.run()
  await server.forget()
  await phone.settle()
  expect(phone.requests.slice(3)).toEqual(['HEAD', 'POST', 'PATCH', 'PATCH', 'PATCH'])
  expect(server.objects.get(id)?.sha256).toBe(sha256)
})

test('a video whose object exists on the server is announced, not sent again', async () => {
  const { id } = await sealed('s1', BYTES)
  await phone.run()
  await db.media.update(id, { state: 'sealed', upload_url: null, offset: 0 })
  await db.outbox.clear()
  await phone.run()
  expect(phone.requests.at(-1)).toBe('POST')
  expect(await mediaRow('s1')).toMatchObject({ state: 'uploaded' })
  expect(await attachOps()).toHaveLength(1)
})

test('a wrong offset is retried at once, then after a delay', async () => {
  await sealed('s1', BYTES)
  await phone.run({ until: 0 })
  phone.deps.transport = (request, options) =>
    request.method === 'PATCH' ? Promise.resolve(answer(409, TUS)) : phone.transport(request, options)
  expect(await phone.run()).toBe('failed')
  expect(phone.requests).toEqual(['POST', 'HEAD'])
  const { attempts, not_before } = (await mediaRow('s1'))!
  expect([attempts, not_before > phone.clock]).toEqual([2, true])
})

test.each([
  [413, 'media_too_large'],
  [415, 'media_type_unsupported'],
])('status %i stops the upload until the person acts', async (status, code) => {
  await sealed('s1', BYTES)
  phone.deps.transport = () => Promise.resolve(answer(status, TUS))
  expect(await phone.run()).toBe('done')
  expect(await mediaRow('s1')).toMatchObject({ state: 'needs_person', code })
})

test.each([
  [401, 'auth'],
  [403, 'upload_denied'],
])('status %i is retried a few times, then needs the person, and the bytes stay', async (status, code) => {
  const { id } = await sealed('s1', BYTES)
  phone.deps.transport = (request, options) =>
    request.method === 'PATCH' ? Promise.resolve(answer(status, TUS)) : phone.transport(request, options)
  expect(await phone.run()).toBe('failed')
  expect(await mediaRow('s1')).toMatchObject({ state: 'probing', code })
  await phone.settle()
  expect(await mediaRow('s1')).toMatchObject({ state: 'needs_person', code })
  expect(await db.mediaChunks.count()).toBe(13)
  phone.deps = {}
  await resumeTransfer('s1')
  await phone.settle()
  expect(server.objects.has(id)).toBe(true)
})

test('no bytes are sent before the text is accepted, nor of a draft', async () => {
  const { id } = await sealed('s1', BYTES)
  const secret = secretOf('s1')
  const submit = makeOp(
    { kind: 'video.submit', entity_id: 's1', payload: {}, secret },
    '2026-01-01T00:00:00Z',
  )
  await db.outbox.add(submit)
  await db.outbox.toCollection().modify({ state: 'needs_person' })
  await phone.run()
  expect(phone.requests).toEqual([])
  await db.outbox.clear()
  await db.items.clear()
  await phone.run()
  expect(phone.requests).toEqual([])
  expect(await mediaRow('s1')).toMatchObject({ id, state: 'sealed' })
})

test('a paused video is not sent, and another video is', async () => {
  const first = await sealed('s1', BYTES)
  const second = await sealed('s2', bytesOf(10_000, 2))
  await pauseTransfer('s1')
  await phone.run()
  expect([...server.objects.keys()]).toEqual([second.id])
  await resumeTransfer('s1')
  await phone.run()
  expect(server.objects.get(first.id)?.sha256).toBe(first.sha256)
})

test('pausing stops the current chunk, and the next run asks for the offset', async () => {
  await sealed('s1', BYTES)
  phone.deps.watch = (_, stop) => {
    if (phone.requests.length === 2) void pauseTransfer('s1').then(stop)
    return () => {}
  }
  phone.deps.transport = async (request, options) => {
    const { signal } = options
    if (phone.requests.length === 2 && !signal?.aborted) {
      await new Promise((go) => signal?.addEventListener('abort', go))
    }
    return phone.transport(request, options)
  }
  expect(await phone.run()).toBe('done')
  expect(await mediaRow('s1')).toMatchObject({
    state: 'probing',
    offset: CHUNK_BYTES,
    paused: true,
    attempts: 0,
  })
})

test.each([
  ['cellular', 0],
  ['unknown', 0],
  ['other', 1],
] as const)('«only on Wi-Fi» on a network that is %s', async (network, sent) => {
  await sealed('s1', bytesOf(1_000))
  await db.media.toCollection().modify({ wifi_only: true })
  phone.network = network
  await phone.run()
  expect(server.objects.size).toBe(sent)
})

test('a sender that was frozen and replaced writes nothing when it resumes', async () => {
  const { id, sha256 } = await sealed('s1', BYTES)
  let release = () => {}
  let arrive = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  const held = new Promise<void>((resolve) => (arrive = resolve))
  phone.deps.transport = async (request, options) => {
    const given = await phone.transport(request, options)
    if (phone.requests.length !== 2) return given
    arrive()
    await gate
    return given
  }
  const frozen = phone.run()
  await held
  phone.clock += STALE_MS
  phone.deps = {}
  expect(await phone.run()).toBe('done')
  const after = await mediaRow('s1')
  release()
  expect(await frozen).toBe('busy')
  await phone.locks.idle()
  expect(await mediaRow('s1')).toEqual(after)
  expect(server.objects.get(id)?.sha256).toBe(sha256)
  expect(await attachOps()).toHaveLength(1)
})

test('a second sender does not take the lease of a live one', async () => {
  await sealed('s1', BYTES)
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  phone.deps.transport = (request, options) => gate.then(() => phone.transport(request, options))
  const first = phone.run()
  expect(await phone.run()).toBe('busy')
  release()
  expect(await first).toBe('done')
})

test('no chunk is started after the deadline', async () => {
  await sealed('s1', BYTES)
  phone.deps.transport = (request, options) => {
    phone.clock += 50_000
    return phone.transport(request, options)
  }
  await phone.run({ until: phone.clock + 90_000 })
  expect(phone.requests).toEqual(['POST', 'PATCH'])
})

test('an upload with a missing row needs the person and sends no wrong bytes', async () => {
  await sealed('s1', BYTES)
  await db.mediaChunks.delete(['media-s1', 8])
  await phone.run()
  expect(await mediaRow('s1')).toMatchObject({
    state: 'needs_person',
    code: 'media_lost',
    offset: CHUNK_BYTES,
  })
})

test('a video that is withdrawn during its upload is deleted and not announced', async () => {
  await sealed('s1', BYTES)
  const secret = secretOf('s1')
  phone.deps.transport = async (request, options) => {
    if (phone.requests.length === 3) {
      await enqueue(
        { kind: 'submission.withdraw', entity_id: 's1', payload: {}, secret },
        undefined,
        () => {},
      )
    }
    return phone.transport(request, options)
  }
  await phone.run()
  expect(await db.mediaChunks.count()).toBe(0)
  expect(await db.media.count()).toBe(0)
  expect(await attachOps()).toEqual([])
})

test('resuming creates a discarded attach op again', async () => {
  await sealed('s1', BYTES)
  await phone.run()
  await discardOp((await attachOps())[0]!.op_id)
  await resumeTransfer('s1')
  await phone.run()
  expect(await attachOps()).toMatchObject([{ state: 'queued' }])
})
