import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { dropShared, keepShared, sweepShared } from '@/media/sharedFile'
import { firstFile, readShared } from './readShared'

/** The form as a browser writes it. */
const formOf = async (parts: [name: string, file: Blob | string][]): Promise<Response> => {
  const form = new FormData()
  for (const [name, file] of parts) form.append(name, file as Blob)
  return new Response(form)
}
const bytesOf = async (blob: Blob) => Buffer.from(await blob.arrayBuffer())
const clip = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../../../tests/media/clips', name))
const video = () => new File([clip('recorded.webm')], 'a.webm', { type: 'video/webm' })

/** The private file system of a browser, with the one file that matters. */
function disk(space = Infinity) {
  const files = new Map<string, File>()
  const missing = () => Promise.reject(new DOMException('', 'NotFoundError'))
  const writable = (name: string) => {
    const pieces: Uint8Array<ArrayBuffer>[] = []
    return new WritableStream<Uint8Array<ArrayBuffer>>({
      write(piece) {
        pieces.push(piece)
        if (pieces.reduce((sum, { length }) => sum + length, 0) > space)
          throw new DOMException('', 'QuotaExceededError')
      },
      close: () => void files.set(name, new File(pieces, name)),
    })
  }
  const folder = {
    getFileHandle: async (name: string, options?: { create: boolean }) =>
      files.has(name) || options?.create
        ? { getFile: async () => files.get(name), createWritable: async () => writable(name) }
        : missing(),
    removeEntry: async (name: string) => void (files.delete(name) || (await missing())),
  }
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => folder } })
}
const share = async (parts: Parameters<typeof formOf>[0]) => keepShared((await formOf(parts)) as never)
afterEach(() => void vi.unstubAllGlobals())

test('the shared video comes out of the form byte for byte, with its type', async () => {
  disk()
  await share([['video', video()]])
  const shared = await readShared()
  if (typeof shared === 'string') throw new Error(shared)
  expect(await bytesOf(shared.file)).toEqual(clip('recorded.webm'))
  expect([shared.file.type, shared.several]).toEqual(['video/webm', false])
})

test('a file with line ends and pieces of the boundary in it comes out whole, over several windows', async () => {
  const bytes = Buffer.alloc(2_500_000, '\r\n--')
  const form = await (await formOf([['video', new Blob([bytes])]])).blob()
  expect((await bytesOf((await firstFile(form))!.file)).equals(bytes)).toBe(true)
})

test('of several files the first is taken, and it is said that there were more', async () => {
  disk()
  await share([
    ['video', video()],
    ['video', new Blob(['second'])],
  ])
  expect(await readShared()).toMatchObject({ several: true })
})

test.each<[string, Parameters<typeof formOf>[0], string]>([
  ['without anything', [], 'nothing'],
  ['with a text alone', [['title', 'mi video']], 'nothing'],
  ['with an empty file', [['video', new File([], '')]], 'nothing'],
  ['with a file that is no video', [['video', new Blob(['%PDF-1.7 no video at all'])]], 'no_video'],
])('a share %s is %s', async (_, parts, outcome) => {
  disk()
  await share(parts)
  expect(await readShared()).toBe(outcome)
})

test('a phone to which nothing was shared, or without a private file system, has nothing', async () => {
  disk()
  expect(await readShared()).toBe('nothing')
  vi.stubGlobal('navigator', {})
  expect(await readShared()).toBe('nothing')
})

test('a share that does not fit rejects, and what was kept before stays', async () => {
  disk()
  await share([['video', video()]])
  const before = await readShared()
  const { storage } = navigator
  disk(10)
  await expect(share([['video', video()]])).rejects.toMatchObject({ name: 'QuotaExceededError' })
  vi.stubGlobal('navigator', { storage })
  expect(await readShared()).toEqual(before)
})

test('what nobody used goes after a day, and not before', async () => {
  disk()
  await share([['video', video()]])
  await sweepShared(Date.now() + 23 * 60 * 60_000)
  expect(await readShared()).toBeTypeOf('object')
  await sweepShared(Date.now() + 25 * 60 * 60_000)
  expect(await readShared()).toBe('nothing')
})

test('what was taken away is gone', async () => {
  disk()
  await share([['video', video()]])
  await dropShared()
  expect(await readShared()).toBe('nothing')
})
