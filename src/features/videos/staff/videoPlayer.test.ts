// @vitest-environment happy-dom
/** What the player of a review says of a file: absent, without its picture, not decodable, out of reach. */
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { Fault } from '@/domain/fault'
import type { StaffVideoContent } from '@/domain/video'
import words from '@/i18n/es-MX/videosStaff.json'
import VideoPlayer from './VideoPlayer.vue'

const server = vi.hoisted(() => ({ invoke: vi.fn() }))
vi.mock('@/data/staff/client', () => ({
  supabase: { functions: { invoke: server.invoke } },
  answerOf: async (answer: Promise<unknown>) => await answer,
}))

const MEDIA = {
  id: 'v1',
  status: 'verified',
  bytes: 38_400_000,
  duration_ms: 80_000,
  poster: btoa('\u00ff\u00d8'),
  expires_at: '2026-12-01T18:00:00Z',
  found: { picture: 'hevc', sound: 'aac' },
}

function setSignal(isOnline: boolean) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
  window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
}

async function shown(change: object = {}, isOnline = true) {
  setSignal(isOnline)
  const media = { ...MEDIA, ...change } as unknown as StaffVideoContent['media']
  const player = mount(VideoPlayer, { props: { media, title: 'Mi colonia' } })
  await flushPromises()
  return player
}
type Player = Awaited<ReturnType<typeof shown>>

/** What the browser reports of the file while it plays. */
async function report(player: Player, event: string, element: object) {
  for (const [name, value] of Object.entries(element))
    Object.defineProperty(player.find('video').element, name, { value, configurable: true })
  await player.find('video').trigger(event)
  await flushPromises()
}

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:poster', revokeObjectURL: vi.fn() }))
  server.invoke.mockReset().mockResolvedValue({ path: '/storage/v1/object/sign/v1', seconds: 300 })
})

test('a file is named, and nothing of it is loaded before somebody presses play', async () => {
  const video = (await shown()).find('video')
  expect(video.attributes()).toMatchObject({
    'aria-label': 'Mi colonia',
    preload: 'none',
    poster: 'blob:poster',
  })
  expect(video.attributes('controls')).toBeDefined()
  expect(video.attributes('src')).toContain('/storage/v1/object/sign/v1')
})

test.each([
  ['awaiting_upload', words['video.awaiting'].split('{')[0]!],
  ['expired', words['video.expired']],
  ['removed', words['video.removed']],
])('of a file that is %s it says so, shows its picture and asks for no address', async (status, said) => {
  const player = await shown({ status })
  expect(player.text()).toContain(said)
  expect(player.find('video').exists()).toBe(false)
  expect(player.find('img').attributes('alt')).toBe(words['video.poster'])
  expect(server.invoke).not.toHaveBeenCalled()
})

test.each([
  ['without a poster', null],
  ['with a poster that is none', '%'],
])('a file %s is played', async (_, poster) => {
  const player = await shown({ poster })
  expect(player.find('video').attributes('poster')).toBeUndefined()
})

test.each([3, 4])(
  'a file that the browser cannot decode (%i) is said with its codec and opens apart',
  async (code) => {
    const player = await shown()
    await report(player, 'error', { error: { code } })
    expect(player.find('[role=status]').text()).toContain(
      words['video.undecodable'].replace('{codec}', ' (H.265 (HEVC))'),
    )
    expect(player.find('a').text()).toBe(words['video.download'])
    expect(player.find('a').attributes('rel')).toBe('noreferrer')
    await report(await reopened(player), 'loadedmetadata', { videoWidth: 640 })
    expect(player.find('[role=status]').text()).toBe('')
  },
)

async function reopened(player: Player) {
  await player.find('button').trigger('click')
  await flushPromises()
  return player
}

test('an unknown codec is not named', async () => {
  const player = await shown({ found: null })
  await report(player, 'error', { error: { code: 4 } })
  expect(player.text()).toContain(words['video.undecodable'].replace('{codec}', ''))
})

test('a network that fails is not called a format', async () => {
  const player = await shown()
  await report(player, 'error', { error: { code: 2 } })
  expect(player.text()).toContain(words['video.failed'])
  expect(player.text()).not.toContain('HEVC')
})

test('sound without a picture says so with its codec', async () => {
  const player = await shown()
  await report(player, 'loadedmetadata', { videoWidth: 0 })
  expect(player.find('[role=status]').text()).toBe(
    words['video.no_picture'].replace('{codec}', ' (H.265 (HEVC))'),
  )
})

test('without signal it says what can be read, offers no address, and goes on when asked again', async () => {
  server.invoke.mockRejectedValueOnce(new Fault('offline', true))
  const player = await shown({}, false)
  expect(player.text()).toContain(words['video.offline'])
  expect(player.find('a').exists()).toBe(false)
  setSignal(true)
  expect((await reopened(player)).find('video').exists()).toBe(true)
})

test('an address that has ended is replaced, and the video goes on where it was', async () => {
  vi.useFakeTimers()
  const player = await shown()
  vi.advanceTimersByTime(300_000)
  vi.useRealTimers()
  server.invoke.mockResolvedValue({ path: '/storage/v1/object/sign/v1?other', seconds: 300 })
  const play = vi.fn(async () => undefined)
  await report(player, 'error', { error: { code: 2 }, currentTime: 42, paused: false, play })
  expect(player.find('video').attributes('src')).toContain('?other')
  expect(play).toHaveBeenCalledOnce()
  const times: number[] = []
  const element = player.find('video').element
  const set = (at: number): void => {
    times.push(at)
  }
  Object.defineProperty(element, 'currentTime', { set, configurable: true })
  await report(player, 'loadedmetadata', { videoWidth: 640 })
  expect(times).toEqual([42])
})
