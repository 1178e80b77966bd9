import { afterEach, expect, test, vi } from 'vitest'
import { openCamera } from '../camera'
import { canScan, hasTorch, makeSight, setTorch, troubleOf } from './camera'

afterEach(() => vi.unstubAllGlobals())

test('a code in front of the camera is one scan, and a new scan after it was away', () => {
  const isNew = makeSight()
  expect(isNew(null, 0)).toBe(false)
  expect(isNew('a', 200)).toBe(true)
  for (let at = 400; at <= 6_000; at += 200) expect(isNew('a', at)).toBe(false)
  expect(isNew(null, 6_200)).toBe(false)
  expect(isNew('a', 6_400)).toBe(false) // missed by one look only
  expect(isNew('b', 6_600)).toBe(true)
  expect(isNew('a', 6_800)).toBe(true)
  expect(isNew('a', 9_000)).toBe(true)
})

test.each([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['NotSupportedError', 'no_decoder'],
])('a failure %s means %s', (name, trouble) => expect(troubleOf(new DOMException('', name))).toBe(trouble))

test('a device scans with a camera and a decoder of the browser or ours', () => {
  vi.stubGlobal('navigator', {})
  expect(canScan()).toBe(false)
  vi.stubGlobal('navigator', { mediaDevices: {} })
  expect(canScan()).toBe(true)
  const { WebAssembly } = globalThis
  Reflect.deleteProperty(globalThis, 'WebAssembly')
  expect(canScan()).toBe(false)
  vi.stubGlobal('BarcodeDetector', {})
  expect(canScan()).toBe(true)
  globalThis.WebAssembly = WebAssembly
})

test('the camera of the wanted side is asked for, and a page without cameras has none', async () => {
  const getUserMedia = vi.fn().mockResolvedValue('stream')
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
  await openCamera('user')
  expect(getUserMedia.mock.calls[0]![0]).toMatchObject({
    video: { facingMode: { ideal: 'user' } },
    audio: false,
  })
  vi.stubGlobal('navigator', {})
  await expect(openCamera('user')).rejects.toMatchObject({ name: 'NotFoundError' })
})

test('the lamp is switched where the camera has one, and a refusal is told', async () => {
  const applyConstraints = vi.fn().mockResolvedValue(undefined)
  const streamOf = (track: object) => ({ getVideoTracks: () => [track] }) as unknown as MediaStream
  const lamp = streamOf({ getCapabilities: () => ({ torch: true }), applyConstraints })
  expect([
    hasTorch(lamp),
    hasTorch(streamOf({ getCapabilities: () => ({}) })),
    hasTorch(streamOf({})),
  ]).toEqual([true, false, false])
  expect(await setTorch(lamp, true)).toBe(true)
  expect(applyConstraints).toHaveBeenCalledWith({ advanced: [{ torch: true }] })
  applyConstraints.mockRejectedValue(new Error('no'))
  expect(await setTorch(lamp, false)).toBe(false)
})
