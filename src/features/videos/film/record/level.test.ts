/** The level of the recorder's microphone, with a browser whose sound a test plays. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useLevel } from './useLevel'

let now = 0
let loudness = 0
let state = 'running'
const close = vi.fn()
class FakeContext {
  get state() {
    return state
  }
  close = close
  createMediaStreamSource = () => ({ connect: () => undefined })
}
class FakeAnalyser {
  fftSize = 4
  getFloatTimeDomainData = (samples: Float32Array) => samples.set([0, -loudness, 0, loudness / 2])
}

beforeEach(() => {
  ;[now, loudness, state] = [0, 0, 'running']
  close.mockReset()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  vi.stubGlobal('AudioContext', FakeContext)
  vi.stubGlobal('AnalyserNode', FakeAnalyser)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const pass = (ms: number) => {
  for (let left = ms; left > 0; left -= 100) {
    now += 100
    vi.advanceTimersByTime(100)
  }
}
async function listening() {
  const stream = shallowRef<MediaStream | null>(null)
  const scope = effectScope()
  const meter = scope.run(() => useLevel(stream))!
  stream.value = {} as MediaStream
  await nextTick()
  return { ...meter, stream, scope }
}

test('a voice moves the level, and three seconds without one are said until it is heard again', async () => {
  const { level, isSilent } = await listening()
  loudness = 0.1
  pass(5_000)
  expect([level.value, isSilent.value]).toEqual([expect.closeTo(2 / 3), false])
  loudness = 0.002 // an empty room
  pass(2_900)
  expect(isSilent.value).toBe(false)
  pass(100)
  expect(isSilent.value).toBe(true)
  loudness = 0.1
  pass(100)
  expect(isSilent.value).toBe(false)
})

test('a microphone that gives nothing is level 0', async () => {
  const { level, isSilent } = await listening()
  pass(3_000)
  expect([level.value, isSilent.value]).toEqual([0, true])
})

test('where the browser does not measure, nothing is said of the sound', async () => {
  state = 'suspended'
  const waiting = await listening()
  pass(9_000)
  expect([waiting.level.value, waiting.isSilent.value]).toEqual([null, false])
  vi.stubGlobal('AudioContext', undefined)
  const none = await listening()
  pass(9_000)
  expect([none.level.value, none.isSilent.value]).toEqual([null, false])
})

test('the measuring ends with the camera, and with its page', async () => {
  const { stream, level, isSilent } = await listening()
  pass(3_000)
  stream.value = null
  await nextTick()
  expect([level.value, isSilent.value, close.mock.calls.length]).toEqual([null, false, 1])
  const { scope } = await listening()
  scope.stop()
  expect(close).toHaveBeenCalledTimes(2)
})
