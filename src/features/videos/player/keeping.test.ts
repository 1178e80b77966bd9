/** A published video that the person keeps on the phone: in pieces, which a cut, a full disk and a withdrawal meet. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PublishedVideo } from '@/domain/video'
import { freeKept, kept, keptFile, readKept } from '../kept/kept'
import { fakeCaches } from '../testing/fakeCaches'
import { forgetGone } from './forgetGone'
import { keeping, keepVideo } from './keeping'

const BYTES = 2_500_000
const whole = Uint8Array.from({ length: BYTES }, (_, at) => (at * 7) % 251)
const item = {
  title: 'El pozo',
  object: 'a1.mp4',
  poster: 'a1.jpg',
  captions: 'a1.vtt',
  bytes: BYTES,
} as PublishedVideo

let phone: ReturnType<typeof fakeCaches>
/** Storage, which may be cut after so many pieces; the ranges that were asked for. */
const storage = { left: Infinity, ranges: [] as (string | undefined)[], status: 206, isRanged: true }
async function answer(url: string, { headers, signal }: RequestInit): Promise<Response> {
  if (signal?.aborted || storage.left-- <= 0) throw new TypeError('offline')
  if (!url.endsWith('.mp4')) return new Response(url.split('/').at(-1))
  const range = (headers as Record<string, string> | undefined)?.range
  storage.ranges.push(range)
  if (storage.status !== 206) return new Response('{}', { status: storage.status })
  if (!storage.isRanged) return new Response(whole)
  const [from, to] = range!.slice('bytes='.length).split('-').map(Number) as [number, number]
  const headersOf = { 'content-range': `bytes ${from}-${to}/${BYTES}`, 'content-type': 'video/mp4' }
  return new Response(whole.slice(from, to + 1), { status: 206, headers: headersOf })
}
const { rpc } = vi.hoisted(() => ({ rpc: vi.fn<(fn: string, args: object) => Promise<unknown>>() }))
vi.mock('@/data/rpc', () => ({ rpc }))

beforeEach(() => {
  phone = fakeCaches()
  vi.stubGlobal('caches', phone.caches)
  vi.stubGlobal('fetch', answer)
  Object.assign(storage, { left: Infinity, ranges: [], status: 206, isRanged: true })
  kept.clear()
  keeping.clear()
})
afterEach(() => vi.unstubAllGlobals())
/** As after the app was closed and opened. */
async function reopen() {
  kept.clear()
  keeping.clear()
  await readKept()
}
const stateOf = () => keeping.get(item.object)

test('a video is kept whole, with cover and captions, and its bytes are those of the copy', async () => {
  await keepVideo(item, 'clips')
  await reopen()
  expect(kept.get(item.object)).toEqual({ item, slug: 'clips', whole: true })
  expect(storage.ranges).toEqual(['bytes=0-999999', 'bytes=1000000-1999999', 'bytes=2000000-2499999'])
  const file = await keptFile(item.object)
  expect(file?.type).toBe('video/mp4')
  expect(Buffer.from(await file!.arrayBuffer()).equals(whole)).toBe(true)
  expect(await (await keptFile('a1.vtt'))!.text()).toBe('a1.vtt')
})

test('after a cut and a closed app it goes on where it stopped, and fetches no byte twice', async () => {
  storage.left = 2
  await keepVideo(item, 'clips')
  expect(stateOf()).toEqual({ state: 'failed', code: 'offline' })
  await reopen()
  expect(kept.get(item.object)?.whole).toBe(false)
  Object.assign(storage, { left: Infinity, ranges: [] })
  await keepVideo(item, 'clips')
  expect(storage.ranges).toEqual(['bytes=2000000-2499999'])
  expect(kept.get(item.object)?.whole).toBe(true)
  expect(Buffer.from(await (await keptFile(item.object))!.arrayBuffer()).equals(whole)).toBe(true)
})

test('the person stops it: nothing more is fetched and nothing is said to have failed', async () => {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await answer(url, init)
    const now = stateOf()
    if (now?.state === 'running') now.stop()
    return response
  })
  await keepVideo(item, 'clips')
  expect([stateOf(), kept.get(item.object)?.whole, storage.ranges.length]).toEqual([undefined, false, 1])
})

test('a phone without space is asked before a byte is fetched, and a full disk is said', async () => {
  vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 1_000_000, usage: 0 }) } })
  await keepVideo(item, 'clips')
  expect([stateOf(), storage.ranges, phone.paths()]).toEqual([{ state: 'failed', code: 'full' }, [], []])
  vi.unstubAllGlobals()
  vi.stubGlobal('caches', phone.caches)
  vi.stubGlobal('fetch', answer)
  phone.fill()
  await keepVideo(item, 'clips')
  expect(stateOf()).toEqual({ state: 'failed', code: 'full' })
})

test.each([
  [404, 'gone'],
  [503, 'server'],
])('storage that answers %i is said as «%s», and what is gone leaves nothing here', async (status, code) => {
  storage.status = status
  await keepVideo(item, 'clips')
  expect(stateOf()).toEqual({ state: 'failed', code })
  expect(phone.paths().length > 0).toBe(code === 'server')
})

test('a server that knows no ranges sends all at once', async () => {
  storage.isRanged = false
  await keepVideo(item, 'clips')
  expect([storage.ranges.length, kept.get(item.object)?.whole]).toEqual([1, true])
})

test('a video that is public no more is taken away with all its files, and its title is said', async () => {
  await keepVideo(item, 'clips')
  await keepVideo({ ...item, object: 'b2.mp4', poster: 'b2.jpg', captions: null, title: 'La plaza' }, 'clips')
  rpc.mockRejectedValueOnce(new Error('offline'))
  await expect(forgetGone()).rejects.toThrow('offline')
  expect(kept.size).toBe(2) // nothing is taken away while the server cannot be asked
  rpc.mockResolvedValueOnce({ items: ['b2.mp4'] })
  expect(await forgetGone()).toEqual(['El pozo'])
  expect(rpc).toHaveBeenLastCalledWith('public_videos', { p_objects: ['a1.mp4', 'b2.mp4'] })
  expect(phone.paths().filter((path) => path.includes('a1'))).toEqual([])
  await freeKept('b2.mp4')
  expect([phone.paths(), kept.size]).toEqual([[], 0])
})
