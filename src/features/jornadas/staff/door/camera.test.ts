import { expect, test } from 'vitest'
import { canScan, makeSight, troubleOf } from './camera'

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
  ['NotSupportedError', 'unsupported'],
])('openCamera’s %s means %s', (name, trouble) => expect(troubleOf(new DOMException('', name))).toBe(trouble))

test('a browser without BarcodeDetector, or without its QR format, cannot scan', async () => {
  const world = globalThis as { BarcodeDetector?: unknown }
  expect(await canScan()).toBe(false)
  world.BarcodeDetector = { getSupportedFormats: async () => ['ean_13'] }
  expect(await canScan()).toBe(false)
  world.BarcodeDetector = { getSupportedFormats: async () => ['ean_13', 'qr_code'] }
  expect(await canScan()).toBe(true)
  delete world.BarcodeDetector
})
