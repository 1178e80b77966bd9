// @vitest-environment happy-dom
/** What a phone keeps to film without signal, once its owner opened the form of a video. */
import { beforeEach, expect, test, vi } from 'vitest'
import { keep } from './room'

vi.mock('@/media/film/film.worker?worker&url', () => ({ default: '/assets/video-worker-A1.js' }))
vi.mock('./FilmRoom.vue', () => ({ default: {} }))
vi.mock('./FoundFiles.vue', () => ({ default: {} }))
vi.mock('./record/OtherWays.vue', () => ({ default: {} }))

const WORKER = 'http://localhost:3000/assets/video-worker-A1.js'
const ENCODER = 'http://localhost:3000/assets/video-aac-B_2-c.js'
const CODE = { headers: { 'content-type': 'text/javascript' } }
const files: Record<string, string> = {
  [WORKER]: 'const a=()=>import("./video-aac-B_2-c.js")',
  [ENCODER]: 'export const registerAacEncoder=()=>{}',
}
const kept = new Map<string, Response>()
const cache = {
  match: async (url: string) => kept.get(url)?.clone(),
  put: async (url: string, response: Response) => void kept.set(url, response),
  keys: async () => [...kept.keys()].map((url) => ({ url })),
  delete: async (url: string) => kept.delete(url),
}
const encoderSays = (supported: boolean) =>
  vi.stubGlobal('AudioEncoder', { isConfigSupported: async () => ({ supported }) })

beforeEach(() => {
  kept.clear()
  location.href = 'http://localhost:3000/c/videos/video/1/video'
  vi.stubGlobal('caches', { open: async () => cache, match: cache.match })
  vi.stubGlobal('fetch', async (url: string) =>
    url in files ? new Response(files[url], CODE) : new Response('', { status: 404 }),
  )
  vi.stubGlobal('AudioEncoder', undefined)
})

test('the encoder of sound is kept with the worker where the browser has none, and stays', async () => {
  await keep(true)
  expect([...kept.keys()].sort()).toEqual([ENCODER, WORKER])
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no signal')))
  await keep(false)
  expect([...kept.keys()].sort()).toEqual([ENCODER, WORKER])
})

test('a browser with an encoder of its own keeps the worker alone', async () => {
  encoderSays(true)
  await keep(true)
  expect([...kept.keys()]).toEqual([WORKER])
  kept.clear()
  encoderSays(false)
  await keep(true)
  expect([...kept.keys()]).toContain(ENCODER)
})

test('who only looked at the page keeps neither, and a page without signal keeps what it has', async () => {
  await keep(false)
  expect([...kept.keys()]).toEqual([])
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no signal')))
  await expect(keep(true)).resolves.toBeUndefined()
})
