// @vitest-environment happy-dom
/** What a published video gets once it is played. */
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import words from '@/i18n/es-MX/videosPlayer.json'
import PlayerExtras from './PlayerExtras.vue'

afterEach(() => vi.unstubAllGlobals())

async function opened(answer: Response | null, captions: string | null = 'https://x.example/a.vtt') {
  const fetched = vi.fn(async () => answer ?? Promise.reject(new TypeError('offline')))
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:ours', revokeObjectURL: vi.fn() }))
  const video = document.createElement('video')
  const extras = mount(PlayerExtras, { props: { video, captions } })
  await flushPromises()
  return { video, extras, fetched, track: video.querySelector('track') }
}
const press = (video: HTMLVideoElement, key: string) =>
  video.dispatchEvent(new KeyboardEvent('keydown', { key }))

test('captions are switched on from the beginning, from our own origin', async () => {
  const { track, fetched } = await opened(new Response('WEBVTT'))
  expect(fetched).toHaveBeenCalledWith('https://x.example/a.vtt')
  expect(track).toMatchObject({ kind: 'captions', srclang: 'es', src: 'blob:ours', default: true })
})

test.each([
  ['that cannot be fetched', null],
  ['that are gone', new Response('', { status: 404 })],
])('captions %s do not hold back the video', async (_, answer) => {
  const { track, extras } = await opened(answer)
  expect(track).toBeNull()
  expect(extras.find('button').exists()).toBe(true)
})

test('a video without captions says so and asks for none', async () => {
  const { extras, fetched } = await opened(null, null)
  expect(fetched).not.toHaveBeenCalled()
  expect(extras.text()).toContain(words.no_captions)
})

test('its speed changes by button and by key', async () => {
  const { video, extras } = await opened(null, null)
  await extras.find('button').trigger('click')
  expect(video.playbackRate).toBe(1.25)
  press(video, '<')
  press(video, '<')
  await flushPromises()
  expect(video.playbackRate).toBe(0.75)
  expect(extras.text()).toContain('0.75')
})
