import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { createDraft } from '@/data/drafts'
import { db } from '@/data/db'
import { removeFromPhone } from '@/data/items'
import { discardOp } from '@/sync/discard'
import { enqueue } from '@/sync/enqueue'
import { wipe } from '@/sync/testing/phone'
import { ROW_BYTES, previewUrl, readRange } from './bytes'
import { assertSpace } from './space'
import { discardMedia, mediaOf, stageMedia, sweepMedia } from './store'
import { bytesOf, sealed, secretOf } from './testing/sender'

const BYTES = bytesOf(5 * ROW_BYTES + 5)
const DAY_MS = 24 * 60 * 60_000

const stage = (file: Blob, options = {}) =>
  stageMedia({ id: 'm1', submissionId: 's1', file, mime: 'video/mp4' }, options)

const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')

const counts = async () => [await db.media.count(), await db.mediaChunks.count()]

beforeEach(wipe)

test('a copy is sealed with its hash, and any range reads back unchanged', async () => {
  const progress: [number, number][] = []
  const done = await stage(new Blob([BYTES]), {
    onProgress: (...values: [number, number]) => progress.push(values),
  })
  const sha256 = createHash('sha256').update(BYTES).digest('hex')
  expect(done).toEqual({ id: 'm1', bytes: BYTES.length, mime: 'video/mp4', sha256 })
  expect(await mediaOf('s1')).toMatchObject({ state: 'sealed', sha256, bytes: BYTES.length })
  expect(progress.map(([copied]) => copied)).toEqual([4 * ROW_BYTES, BYTES.length])
  for (const [start, end] of [
    [0, 1],
    [ROW_BYTES - 1, ROW_BYTES + 1],
    [ROW_BYTES, 2 * ROW_BYTES],
    [7, BYTES.length],
  ] as const) {
    const bytes = await readRange('m1', start, end)
    expect(Buffer.compare(bytes, BYTES.subarray(start, end))).toBe(0)
  }
})

test('the start of a copy, each four rows and the seal are written with strict durability', async () => {
  transactions.mockClear()
  await stage(new Blob([BYTES]))
  const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite')
  expect(writes.map(([, , options]) => options)).toEqual(Array(4).fill({ durability: 'strict' }))
})

test('the preview is the whole video with its type', async () => {
  await stage(new Blob([BYTES]))
  const made = vi.spyOn(URL, 'createObjectURL')
  const url = await previewUrl('m1')
  expect(url).toMatch(/^blob:/u)
  const blob = made.mock.calls[0]![0] as Blob
  expect([blob.size, blob.type]).toEqual([BYTES.length, 'video/mp4'])
  expect(Buffer.compare(new Uint8Array(await blob.arrayBuffer()), BYTES)).toBe(0)
  expect(await previewUrl('other')).toBeNull()
})

test('nothing is kept of a cancelled copy', async () => {
  const ending = new AbortController()
  const copying = stage(new Blob([BYTES]), { signal: ending.signal, onProgress: () => ending.abort() })
  await expect(copying).rejects.toMatchObject({ name: 'AbortError' })
  expect(await counts()).toEqual([0, 0])
})

/** A file whose slices `read` provides. */
const fileOf = (read: (start: number, end: number) => Promise<ArrayBuffer>) =>
  ({
    size: BYTES.length,
    slice: (start: number, end: number) => ({ arrayBuffer: () => read(start, end) }),
  }) as unknown as Blob

const good = (start: number, end: number) => Promise.resolve(BYTES.slice(start, end).buffer)

test.each([
  ['cannot be read', () => Promise.reject(new DOMException('gone', 'NotReadableError'))],
  ['gives fewer bytes than asked', (start: number) => good(start, start + 3)],
])('a file that %s is refused, and nothing is kept', async (_, read) => {
  await expect(stage(fileOf(read))).rejects.toMatchObject({ code: 'media_unreadable' })
  expect(await counts()).toEqual([0, 0])
})

test('a file that changes while it is copied is refused', async () => {
  let reads = 0
  const read = async (start: number, end: number) => {
    reads += 1
    const bytes = new Uint8Array(await good(start, end))
    if (reads > 3) bytes[0]! ^= 1
    return bytes.buffer
  }
  await expect(stage(fileOf(read))).rejects.toMatchObject({ code: 'media_unreadable' })
  expect(await counts()).toEqual([0, 0])
})

test('an empty file is refused', async () => {
  await expect(stage(new Blob([]))).rejects.toMatchObject({ code: 'media_unreadable' })
})

test('a copy on a full disk rejects with storage_full, and nothing is kept', async () => {
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('the disk says no', 'QuotaExceededError')
  })
  await expect(stage(new Blob([BYTES]))).rejects.toMatchObject({ code: 'storage_full', retryable: false })
  add.mockRestore()
  expect(await counts()).toEqual([0, 0])
})

test('a video needs free space with a margin, and a browser without a quota accepts it', async () => {
  const storage = (quota?: number) =>
    ({ estimate: () => Promise.resolve({ quota, usage: 10 }) }) as StorageManager
  await expect(assertSpace(100, storage(1_000_000))).rejects.toMatchObject({ code: 'storage_full' })
  await assertSpace(100, storage(100_000_000))
  await assertSpace(100, storage())
  await assertSpace(100, undefined)
})

test('a second video replaces the first when it is sealed, not before', async () => {
  await stage(new Blob([BYTES]))
  const file = new Blob([bytesOf(10)])
  const bad = stageMedia({
    id: 'm2',
    submissionId: 's1',
    file: fileOf(() => Promise.reject(new Error())),
    mime: 'video/mp4',
  })
  await expect(bad).rejects.toThrow('media_unreadable')
  expect(await mediaOf('s1')).toMatchObject({ id: 'm1' })
  await stageMedia({ id: 'm2', submissionId: 's1', file, mime: 'video/webm' })
  expect(await mediaOf('s1')).toMatchObject({ id: 'm2' })
  expect(await counts()).toEqual([1, 1])
})

test('a video that another tab discards during the copy is not sealed', async () => {
  let hasGone = false
  const read = async (start: number, end: number) => {
    if (start > 0 && !hasGone) {
      hasGone = true
      await discardMedia('s1')
    }
    return good(start, end)
  }
  await expect(stage(fileOf(read))).rejects.toMatchObject({ code: 'media_lost' })
  expect(await counts()).toEqual([0, 0])
})

test('the sweep deletes incomplete copies and videos without an owner after a day, and no others', async () => {
  await sealed('kept', bytesOf(10))
  await createDraft({ id: 'c1', kind: 'videos', title: 'Videos' }, 'drafted')
  for (const id of ['drafted', 'orphan', 'half']) {
    await stageMedia({
      id: `media-${id}`,
      submissionId: id,
      file: new Blob([bytesOf(10)]),
      mime: 'video/mp4',
    })
  }
  await db.media.update('media-half', { state: 'staging' })
  await sweepMedia(Date.now())
  expect(await db.media.count()).toBe(4)
  await sweepMedia(Date.now() + DAY_MS + 1)
  expect((await db.media.toCollection().primaryKeys()).sort()).toEqual(['media-drafted', 'media-kept'])
  expect(await db.mediaChunks.count()).toBe(2)
})

test('an item can be removed from the phone with its video only after the upload', async () => {
  await sealed('s1', BYTES)
  expect(await removeFromPhone('s1')).toBe(false)
  await db.media.update('media-s1', { state: 'uploaded' })
  expect(await removeFromPhone('s1')).toBe(true)
  expect(await counts()).toEqual([0, 0])
})

const save = (kind: 'video.submit' | 'submission.withdraw') =>
  enqueue({ kind, entity_id: 's1', payload: {}, secret: secretOf('s1') }, undefined, () => {})

test('discarding an unsent video and withdrawing a sent one delete its bytes', async () => {
  await sealed('s1', BYTES)
  await discardOp(await save('video.submit'))
  expect(await counts()).toEqual([0, 0])
  await sealed('s1', BYTES)
  await save('submission.withdraw')
  expect(await counts()).toEqual([0, 0])
})
