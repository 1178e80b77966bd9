// @vitest-environment happy-dom
/** The recorder of a video: only the browser's camera, recorder, clock and disk are played. */
import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { leftRecording } from '@/media/recorder/recordings'
import { wipe } from '@/sync/testing/phone'
import { detailsOf } from '../../details'
import { duration } from '../../facts'
import { material } from '../../testing/material'
import OtherWays from './OtherWays.vue'
import { t } from './words'

/** A recorder whose slices the test hands out. */
class FakeRecorder {
  static isTypeSupported = (type: string) => type === 'video/webm;codecs=vp8,opus'
  static last: FakeRecorder
  state = 'inactive'
  ondataavailable: (event: { data: Blob }) => void = () => {}
  onstop: () => Promise<void> = () => Promise.resolve()
  constructor(
    readonly stream: MediaStream,
    readonly options: MediaRecorderOptions,
  ) {
    FakeRecorder.last = this
  }
  start = () => void (this.state = 'recording')
  pause = () => void (this.state = 'paused')
  resume = this.start
  slice = (text: string) => this.ondataavailable({ data: new Blob([text]) })
  requestData = () => this.slice('(pause)')
  stop = () => {
    if (this.state === 'inactive') return
    this.state = 'inactive'
    this.slice('end')
    void this.onstop()
  }
}

class FakeTrack extends EventTarget {
  stop = vi.fn()
}
const camera = { tracks: [] as FakeTrack[], asked: vi.fn(), inputs: 2 }
const getUserMedia = async (wanted: MediaStreamConstraints) => {
  camera.asked(wanted)
  camera.tracks = [new FakeTrack(), new FakeTrack()]
  return Object.assign(new MediaStream(), { getTracks: () => camera.tracks })
}
let now = 0
let free = 10_000_000_000
const pass = async (ms: number) => {
  now += ms
  vi.advanceTimersByTime(Math.min(ms, 1000))
  await flushPromises()
}

const limits = detailsOf(material.convocatoria)
const props = { limits, owner: 's1', pillar: 'participacion' }
const open: VueWrapper[] = []
const shownFile = (shown: VueWrapper) => shown.emitted('use')?.[0]?.[0] as Blob | undefined
const words = (shown: VueWrapper) => shown.findAll('button').map((button) => button.text())
const press = async (shown: VueWrapper, label: string) => {
  await shown
    .findAll('button')
    .find((button) => button.text() === label)!
    .trigger('click')
  await flushPromises()
}
async function openRecorder(): Promise<VueWrapper> {
  const shown = mount(OtherWays, { props, attachTo: document.body })
  open.push(shown)
  await press(shown, t('open'))
  return shown
}
/** From the open camera through the countdown to a recording. */
async function record(): Promise<VueWrapper> {
  const shown = await openRecorder()
  await press(shown, t('start'))
  for (let second = 0; second < 3; second += 1) await pass(1000)
  await vi.waitFor(() => expect(shown.text()).toContain(t('recording')))
  return shown
}

beforeEach(async () => {
  await wipe()
  now = 0
  free = 10_000_000_000
  camera.asked.mockReset()
  camera.inputs = 2
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  const enumerateDevices = async () => Array(camera.inputs).fill({ kind: 'videoinput' })
  Object.defineProperty(navigator, 'mediaDevices', {
    value: { getUserMedia, enumerateDevices },
    configurable: true,
  })
  const estimate = async () => ({ quota: free, usage: 0 })
  Object.defineProperty(navigator, 'storage', { value: { estimate }, configurable: true })
})
afterEach(() => {
  for (const shown of open.splice(0)) shown.unmount()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('a recording', () => {
  test('counts down, is kept by the second, and ends as a chosen file; the camera is given back', async () => {
    const shown = await openRecorder()
    expect(shown.emitted('film')).toEqual([[true]])
    expect(shown.text()).toContain('Participación')
    expect(camera.asked.mock.calls[0]![0]).toMatchObject({
      audio: true,
      video: { facingMode: { ideal: 'user' } },
    })
    await press(shown, t('start'))
    expect(shown.get('.count').text()).toBe('3')
    await pass(1000)
    expect(shown.get('.count').text()).toBe('2')
    await pass(1000)
    await pass(1000)
    await vi.waitFor(() => expect(shown.text()).toContain(t('recording')))
    expect(FakeRecorder.last.options.mimeType).toBe('video/webm;codecs=vp8,opus')
    FakeRecorder.last.slice('one,')
    await pass(65_000)
    expect(shown.text()).toContain(t('elapsed', { elapsed: '1:05', left: '1:55' }))
    await press(shown, t('finish'))
    await vi.waitFor(() => expect(shownFile(shown)).toBeDefined())
    expect(await shownFile(shown)!.text()).toBe('one,end')
    expect(shownFile(shown)!.type).toBe('video/webm')
    expect(camera.tracks.every((track) => track.stop.mock.calls.length > 0)).toBe(true)
  })

  test('stops by itself at the campaign’s length; pauses do not count', async () => {
    const shown = await record()
    await pass(100_000)
    await press(shown, t('pause'))
    expect(shown.text()).toContain(t('paused'))
    await pass(500_000)
    await press(shown, t('resume'))
    await pass(79_000)
    expect(FakeRecorder.last.state).toBe('recording')
    await pass(1_000)
    await vi.waitFor(() => expect(shownFile(shown)).toBeDefined())
  })

  test('shorter than the campaign’s least length is begun again, and nothing of it stays', async () => {
    const shown = await record()
    await pass(14_000)
    expect(words(shown)).not.toContain(t('finish'))
    await press(shown, t('again'))
    await vi.waitFor(() => expect(words(shown)).toContain(t('start')))
    expect([await leftRecording('s1'), camera.asked.mock.calls.length]).toEqual([null, 2])
    expect(shown.emitted('use')).toBeUndefined()
  })

  test('is made with the camera of the other side where there is one', async () => {
    const shown = await openRecorder()
    await press(shown, t('turn.back'))
    expect(camera.asked.mock.calls[1]![0]).toMatchObject({ video: { facingMode: { ideal: 'environment' } } })
    camera.inputs = 1
    await press(shown, t('turn.front'))
    expect(words(shown)).not.toContain(t('turn.back'))
  })
})

describe('a recording is interrupted', () => {
  test('by a page that is hidden: it waits, says so, and goes on', async () => {
    const shown = await record()
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    expect(FakeRecorder.last.state).toBe('paused')
    expect(shown.text()).toContain(t('paused.hidden'))
    await vi.waitFor(async () => expect(await db.mediaChunks.count()).toBe(1)) // nothing waits in memory
    await press(shown, t('resume'))
    expect(FakeRecorder.last.state).toBe('recording')
    expect(shown.text()).toContain(t('recording'))
  })

  test('by a phone that is turned: it waits and says how to go on', async () => {
    const orientation = new EventTarget()
    vi.stubGlobal('screen', { orientation })
    const shown = await record()
    orientation.dispatchEvent(new Event('change'))
    await flushPromises()
    expect(shown.text()).toContain(t('paused.turned'))
  })

  test('by a phone that takes the camera away: what was recorded stays, and is said', async () => {
    const shown = await record()
    FakeRecorder.last.slice('one,')
    await pass(20_000)
    camera.tracks[0]!.dispatchEvent(new Event('ended'))
    await vi.waitFor(() => expect(shown.get('[role=alert]').text()).toBe(t('trouble.lost')))
    expect(await (await leftRecording('s1'))!.file.text()).toBe('one,end')
    expect(shown.emitted('use')).toBeUndefined()
  })

  test('by a full disk: what was written stays, and is said', async () => {
    const shown = await record()
    FakeRecorder.last.slice('one')
    await vi.waitFor(async () => expect(await db.mediaChunks.count()).toBe(1))
    vi.spyOn(db.mediaChunks, 'add').mockRejectedValue(new DOMException('', 'QuotaExceededError'))
    FakeRecorder.last.slice('two')
    await vi.waitFor(() => expect(shown.get('[role=alert]').text()).toBe(t('trouble.full')))
    expect(await (await leftRecording('s1'))!.file.text()).toBe('one')
  })

  test('by a disk that fills: it ends while the copy still fits', async () => {
    const shown = await record()
    free = 33_000_000
    await pass(20_000)
    await vi.waitFor(() => expect(shown.get('[role=alert]').text()).toBe(t('trouble.full')))
    expect(await leftRecording('s1')).not.toBeNull()
  })

  test('by the end of its page: what was recorded stays', async () => {
    const shown = await record()
    FakeRecorder.last.slice('one,')
    shown.unmount()
    open.length = 0
    await vi.waitFor(async () => expect(await (await leftRecording('s1'))?.file.text()).toBe('one,end'))
  })
})

describe('nothing is recorded', () => {
  test.each([
    ['NotAllowedError', 'trouble.refused'],
    ['NotFoundError', 'trouble.missing'],
    ['NotReadableError', 'trouble.busy'],
  ] as const)('when the camera answers %s, which is said with a way out', async (name, key) => {
    camera.asked.mockImplementation(() => {
      throw new DOMException('', name)
    })
    const shown = await openRecorder()
    expect(shown.get('[role=alert]').text()).toBe(t(key))
    expect(document.activeElement?.textContent).toBe(t('open'))
    expect([shown.emitted('film'), await db.media.count()]).toEqual([[[true], [false]], 0])
  })

  test('where the shortest video has no room, and the camera is not even asked', async () => {
    free = 40_000_000
    const shown = await openRecorder()
    expect(shown.get('[role=alert]').text()).toBe(t('trouble.full'))
    expect(camera.asked).not.toHaveBeenCalled()
  })

  test('longer than the space allows, which is said before', async () => {
    free = 33_554_432 + 30_000_000
    const shown = await openRecorder()
    expect(shown.text()).toContain(t('shortened', { max: duration(62_000) }))
  })

  test('where the browser has no recorder, so it is not offered', () => {
    vi.stubGlobal('MediaRecorder', undefined)
    expect(words(mount(OtherWays, { props }))).toEqual([])
  })
})
