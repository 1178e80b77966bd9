// @vitest-environment happy-dom
/**
 * The honest fallback: a browser without WebCodecs (Firefox on Android, WebKitGTK, an old Safari) takes a video as it is and cuts it
 * by its packets; it never offers what it cannot do. The worker's own code runs on a real clip; only the player is replaced.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Answer, Order } from '@/media/film/asks'
import { detailsOf } from '../details'
import { duration, megabytes } from '../facts'
import { material } from '../testing/material'
import FilmRoom from './FilmRoom.vue'
import { t } from './words'

/** What WebCodecs and workers draw with; none of them is left. */
const LACKING = [
  'VideoDecoder',
  'VideoEncoder',
  'AudioDecoder',
  'AudioEncoder',
  'VideoFrame',
  'AudioData',
  'OffscreenCanvas',
]

vi.mock('@/media/film/files', () => ({ WORKER_FILE: '/assets/video-worker-abc.js' }))
vi.mock('@/media/measure', () => ({
  measure: async () => ({ durationMs: 16_000, width: 320, height: 240, hasSound: true }),
}))
vi.mock('@/media/poster', () => ({ makePoster: async () => 'a picture' }))

let work: (event: { data: Order }) => void
let say: (answer: Answer) => void

/** A worker whose code runs here, because no test has threads. */
class HereWorker {
  onmessage: ((event: { data: Answer }) => void) | null = null
  onerror: unknown = null
  postMessage(order: Order): void {
    say = (data) => this.onmessage?.({ data })
    work({ data: order })
  }
  terminate(): void {
    this.onmessage = null
  }
}

beforeAll(async () => {
  const listen = vi.spyOn(globalThis, 'addEventListener').mockImplementation(((
    type: string,
    listener: typeof work,
  ) => {
    if (type === 'message') work = listener
  }) as never)
  await import('@/media/film/film.worker')
  listen.mockRestore()
})
beforeEach(() => {
  for (const name of LACKING) vi.stubGlobal(name, undefined)
  vi.stubGlobal('Worker', HereWorker)
  vi.stubGlobal('postMessage', (answer: Answer) => say(answer))
  kept.length = 0
})
afterEach(() => vi.unstubAllGlobals())

const CLIP = readFileSync(path.join(import.meta.dirname, '../../../../tests/media/clips/filmed.mp4'))
const limits = detailsOf(material.convocatoria)
const kept: { file: Blob; durationMs: number }[] = []
const keepFile = async ({ file }: { file: Blob }, { durationMs }: { durationMs: number }) =>
  void kept.push({ file, durationMs })

async function enter(change: Partial<typeof limits> = {}): Promise<VueWrapper> {
  const props = {
    file: new Blob([CLIP], { type: 'video/mp4' }),
    limits: { ...limits, ...change },
    keepFile,
    agree: 'Usar',
    agreeHint: 'Se copia.',
  } as never
  const room = mount(FilmRoom, { props })
  await vi.waitFor(() => expect(room.text()).toContain(t('facts.sound.yes')))
  return room
}
const words = (room: VueWrapper) => room.findAll('button').map((button) => button.text())
const primary = (room: VueWrapper) => room.findAll('.button-primary').map((button) => button.text())
async function press(room: VueWrapper, name: string): Promise<void> {
  await room
    .findAll('button')
    .find((button) => button.text() === name)!
    .trigger('click')
}

test('without WebCodecs a video is used as it is, and nothing promises a lighter one', async () => {
  const room = await enter()
  expect(primary(room)).toEqual(['Usar'])
  expect(words(room)).not.toContain(t('film.shrink'))
  expect(room.text()).toContain(t('film.unheard.body'))
  await press(room, 'Usar')
  await vi.waitFor(() => expect(room.emitted('leave')).toHaveLength(1))
  expect(kept).toMatchObject([{ durationMs: 16_000 }])
})

test('without WebCodecs a part is cut by its packets, and the strip says that it has no pictures', async () => {
  const room = await enter({ min_s: 5 })
  await press(room, t('film.part.open'))
  await vi.waitFor(() => expect(room.text()).toContain(t('film.part.undrawn')))
  await room.get('#part-end').setValue('9')
  expect(primary(room)).toEqual([t('film.part.use')])
  await press(room, t('film.part.use'))
  await vi.waitFor(() => expect(room.emitted('leave')).toHaveLength(1))
  expect(kept[0]!.file.size).toBeLessThan(CLIP.length * 0.8)
})

test('without WebCodecs a video over the campaign’s size says how long a part may be', async () => {
  const max_bytes = Math.round(CLIP.length / 2)
  const room = await enter({ max_bytes, min_s: 5 })
  expect(room.text()).toContain(
    t('film.too_heavy', { size: megabytes(CLIP.length), max: megabytes(max_bytes) }),
  )
  expect(room.text()).toContain(t('film.too_heavy.cut', { part: duration(7_000) }))
  expect(primary(room)).toEqual([])
})

test('where no worker starts, the video is still looked at and used as it is', async () => {
  vi.stubGlobal('Worker', undefined)
  const room = await enter()
  expect(primary(room)).toEqual(['Usar'])
  await flushPromises()
})
