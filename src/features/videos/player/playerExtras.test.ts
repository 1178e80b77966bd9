// @vitest-environment happy-dom
/** What a published video gets once it is played: its speed and its keys. */
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import words from '@/i18n/es-MX/videosPlayer.json'
import PlayerExtras from './PlayerExtras.vue'

async function opened(hasCaptions = true) {
  const video = document.createElement('video')
  const extras = mount(PlayerExtras, { props: { video, hasCaptions } })
  await flushPromises()
  return { video, extras }
}
const press = (video: HTMLVideoElement, key: string, more: object = {}) => {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, ...more })
  video.dispatchEvent(event)
  return event.defaultPrevented
}

test('a video without captions says so', async () => {
  expect((await opened(false)).extras.text()).toContain(words.no_captions)
  expect((await opened()).extras.text()).not.toContain(words.no_captions)
})

test('its speed changes by button and by key', async () => {
  const { video, extras } = await opened()
  await extras.find('button').trigger('click')
  expect(video.playbackRate).toBe(1.25)
  press(video, '<')
  press(video, '<')
  await flushPromises()
  expect(video.playbackRate).toBe(0.75)
  expect(extras.text()).toContain('0.75')
})

test('it stops, goes back and forth, and is muted by keys; other keys are the browser’s', async () => {
  const { video } = await opened()
  const play = vi.spyOn(video, 'play').mockResolvedValue()
  expect(press(video, ' ')).toBe(true)
  expect(play).toHaveBeenCalledOnce()
  video.currentTime = 3
  press(video, 'ArrowRight')
  expect(video.currentTime).toBe(8)
  press(video, 'ArrowLeft')
  press(video, 'ArrowLeft')
  expect(video.currentTime).toBe(0)
  press(video, 'M')
  expect(video.muted).toBe(true)
  expect([press(video, 'Tab'), press(video, 'c', { ctrlKey: true })]).toEqual([false, false])
})
