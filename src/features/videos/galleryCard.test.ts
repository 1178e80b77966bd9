// @vitest-environment happy-dom
/** A published video in the gallery: what it fetches and when, its captions, and the copy on this phone. */
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PublishedVideo } from '@/domain/video'
import { duration, megabytes } from './facts'
import GalleryCard from './GalleryCard.vue'
import { kept } from './kept/kept'
import KeptVideos from './kept/KeptVideos.vue'
import { fakeCaches } from './testing/fakeCaches'
import { t } from './words'

const forgotten = vi.hoisted(() => ({ titles: [] as string[] }))
vi.mock('./player/forgetGone', () => ({ forgetGone: async () => forgotten.titles }))

const item = {
  folio: 'VI-1',
  title: 'El pozo',
  summary: 'De todos.',
  transcript: 'Hola.',
  name: null,
  published_at: '2026-11-25T18:00:00Z',
  duration_ms: 16_000,
  bytes: 12_000_000,
  mime: 'video/mp4',
  object: 'a1.mp4',
  poster: 'a1.jpg',
  captions: 'a1.vtt',
  reply: null,
} as unknown as PublishedVideo

const fetched = vi.fn<(url: string) => Promise<Response>>()
let phone: ReturnType<typeof fakeCaches>
beforeEach(() => {
  phone = fakeCaches()
  kept.clear()
  fetched.mockReset()
  fetched.mockResolvedValue(new Response('WEBVTT'))
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('caches', phone.caches)
  let made = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:ours-${++made}`)
  vi.spyOn(URL, 'revokeObjectURL').mockReturnValue()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const stubs = { RouterLink: true, KeepVideo: true, PlayerExtras: true }
async function show(change: Partial<PublishedVideo> = {}) {
  const card = mount(GalleryCard, {
    props: { item: { ...item, ...change }, about: 'Transparencia', slug: 'clips' },
    global: { stubs },
  })
  await flushPromises()
  return card
}
const tap = async (card: Awaited<ReturnType<typeof show>>) => {
  await card.find('.cover button').trigger('click')
  await flushPromises()
}
/** As `keepVideo` leaves it. */
async function keep() {
  const cache = await phone.caches.open()
  for (const name of ['a1.mp4', 'a1.jpg', 'a1.vtt']) await cache.put(`/galeria/${name}/0`, new Response(name))
  kept.set(item.object, { item, slug: 'clips', whole: true })
}

test('before the tap there is no player, its cover waits until it is seen, and its cost is said', async () => {
  const card = await show()
  expect(card.find('video').exists()).toBe(false)
  expect(card.find('img').attributes('loading')).toBe('lazy')
  expect(card.find('.cover button').text()).toContain(
    t('gallery.play', { duration: duration(16_000), size: megabytes(12_000_000) }),
  )
  expect(fetched).not.toHaveBeenCalled()
  await tap(card)
  expect(card.find('video').attributes()).toMatchObject({
    preload: 'none',
    src: expect.stringMatching(/a1\.mp4$/u),
  })
})

test('a video in which nobody speaks says so', async () => {
  expect((await show({ captions: null, transcript: null, voiceless: true })).text()).toContain('Sin voz')
  expect((await show()).text()).not.toContain('Sin voz')
})

test('captions are switched on from the beginning, from our own origin', async () => {
  const card = await show()
  await tap(card)
  expect(fetched.mock.calls).toEqual([[expect.stringMatching(/a1\.vtt$/u)]])
  expect(card.find('track').attributes()).toMatchObject({
    kind: 'captions',
    srclang: 'es',
    src: 'blob:ours-1',
    default: '',
  })
})

test.each([
  ['that cannot be fetched', () => Promise.reject(new TypeError('offline'))],
  ['that are gone', () => Promise.resolve(new Response('', { status: 404 }))],
])('captions %s do not hold back the video', async (_, answer) => {
  fetched.mockImplementation(answer)
  const card = await show()
  await tap(card)
  expect([card.find('video').exists(), card.find('track').exists()]).toEqual([true, false])
})

test('a video on this phone is played from it, with cover and captions, and asks the network for nothing', async () => {
  await keep()
  const card = await show()
  expect(card.find('.cover button').text()).toContain('no gasta datos')
  expect(card.find('img').attributes('src')).toBe('blob:ours-1')
  await tap(card)
  expect(card.find('video').attributes('src')).toBe('blob:ours-2')
  expect(card.find('track').attributes('src')).toBe('blob:ours-3')
  expect(fetched).not.toHaveBeenCalled()
})

test('what is on this phone is listed, and one tap gives its space back', async () => {
  await keep()
  const list = mount(KeptVideos, { global: { stubs } })
  await flushPromises()
  expect(list.text()).toContain(t('gallery.kept'))
  expect(list.text()).toContain(megabytes(12_000_000))
  await list.find('button').trigger('click')
  await flushPromises()
  expect([list.text(), phone.paths()]).toEqual(['', []])
})

test('a video that was taken away because it is public no more is named', async () => {
  forgotten.titles = ['El pozo']
  const list = mount(KeptVideos, { global: { stubs } })
  await vi.waitFor(() => expect(list.find('[role=status]').text()).toContain('El pozo'))
})
