// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/data/db'
import { wipe } from '@/sync/testing/phone'
import { leftRecording } from '../recorder/recordings'
import { MAX_MS, recordable, useRecorder } from './useRecorder'

/** A recorder whose slices the test hands out. */
class FakeRecorder {
  static isTypeSupported = (type: string) => type === 'audio/webm;codecs=opus'
  static last: FakeRecorder
  state = 'inactive'
  ondataavailable: (event: { data: Blob }) => void = () => {}
  onstop: () => Promise<void> = () => Promise.resolve()
  ended: Promise<void> | undefined
  constructor(readonly stream: MediaStream) {
    FakeRecorder.last = this
  }
  start = () => void (this.state = 'recording')
  pause = () => void (this.state = 'paused')
  resume = this.start
  requestData = () => this.slice('so far')
  slice = (text: string) => this.ondataavailable({ data: new Blob([text]) })
  stop = () => {
    this.state = 'inactive'
    this.slice('end')
    this.ended = this.onstop()
  }
}

const stopTrack = vi.fn()
const getUserMedia = vi.fn()
let now = 0
const ends: unknown[] = []
const begin = () => {
  const scope = effectScope()
  return { scope, ...scope.run(() => useRecorder('s1', (failure) => ends.push(failure)))! }
}
const pass = (ms: number) => {
  now += ms
  vi.advanceTimersByTime(200)
}

beforeEach(async () => {
  await wipe()
  now = 0
  ends.length = 0
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  getUserMedia.mockResolvedValue({ getTracks: () => [{ stop: stopTrack }] })
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('each slice is kept, the end comes after the last one, and the microphone is given back', async () => {
  const { state, start, stop } = begin()
  await start()
  expect(state.value).toBe('on')
  FakeRecorder.last.slice('one')
  FakeRecorder.last.slice('two')
  stop()
  await FakeRecorder.last.ended
  expect(await (await leftRecording('s1'))!.file.text()).toBe('onetwoend')
  expect([state.value, ends, stopTrack.mock.calls.length]).toEqual(['off', [undefined], 1])
})

test('it stops by itself after ninety recorded seconds; pauses do not count', async () => {
  const { elapsedMs, state, start, pause, resume } = begin()
  await start()
  pass(60_000)
  pause()
  pass(500_000)
  expect([elapsedMs.value, state.value]).toEqual([60_000, 'paused'])
  resume()
  pass(MAX_MS - 60_000 - 1)
  expect(FakeRecorder.last.state).toBe('recording')
  pass(1)
  expect(FakeRecorder.last.state).toBe('inactive')
  await FakeRecorder.last.ended
})

test('a storage that fails ends the recording with its fault, and what was written before stays', async () => {
  const { start } = begin()
  await start()
  FakeRecorder.last.slice('one')
  await vi.waitFor(async () => expect(await db.mediaChunks.count()).toBe(1))
  vi.spyOn(db.mediaChunks, 'add').mockRejectedValue(new DOMException('', 'QuotaExceededError'))
  FakeRecorder.last.slice('two')
  await vi.waitFor(() => expect(FakeRecorder.last.ended).toBeDefined())
  await FakeRecorder.last.ended
  expect(ends).toMatchObject([{ code: 'storage_full' }])
  expect(await (await leftRecording('s1'))!.file.text()).toBe('one')
})

test('a recorder that yields no bytes leaves nothing to keep', async () => {
  const { start } = begin()
  await start()
  FakeRecorder.last.slice = () => FakeRecorder.last.ondataavailable({ data: new Blob([]) })
  FakeRecorder.last.stop()
  await FakeRecorder.last.ended
  expect([ends, await leftRecording('s1'), await db.mediaChunks.count()]).toEqual([[undefined], null, 0])
})

test('a page that is left ends the recording and keeps it', async () => {
  const { scope, start } = begin()
  await start()
  FakeRecorder.last.slice('one')
  scope.stop()
  await FakeRecorder.last.ended
  expect([ends, await (await leftRecording('s1'))!.file.text()]).toEqual([[], 'oneend'])
})

test.each([
  ['NotAllowedError', 'microphone_refused'],
  ['NotFoundError', 'microphone_missing'],
  ['NotReadableError', 'microphone_busy'],
])('a microphone that answers %s is the fault %s, and nothing is kept', async (name, code) => {
  getUserMedia.mockRejectedValue(new DOMException('', name))
  const { state, start } = begin()
  await expect(start()).rejects.toMatchObject({ code })
  expect([state.value, await db.media.count()]).toEqual(['off', 0])
})

test('a browser without a recorder, or whose types the server does not take, records nothing', () => {
  expect(recordable()).toEqual(['audio/webm;codecs=opus', 'audio/webm'])
  vi.stubGlobal('MediaRecorder', { isTypeSupported: () => false })
  expect(recordable()).toBeNull()
  vi.stubGlobal('MediaRecorder', undefined)
  expect(recordable()).toBeNull()
})
