import { expect, test } from 'vitest'
import { durationOf, megabytesOf, posterBlob, typeOf } from './media'

test('a size in megabytes is rounded up', () => {
  expect([1, 100_000, 100_001, 38_400_000, 100_000_000].map(megabytesOf)).toEqual([
    '0.1',
    '0.1',
    '0.2',
    '38.4',
    '100',
  ])
})

test('a duration is written in minutes and seconds', () =>
  expect([0, 9_400, 59_600, 80_000].map(durationOf)).toEqual(['0:00', '0:09', '1:00', '1:20']))

test('only the four accepted types have names', () => {
  expect(typeOf('video/quicktime')).toBe('video/quicktime')
  expect(typeOf('text/html')).toBeNull()
})

test('a poster is a JPEG, and an invalid base64 text gives no poster', async () => {
  const blob = posterBlob(btoa('\u00ff\u00d8'))
  expect(blob?.type).toBe('image/jpeg')
  expect(new Uint8Array(await blob!.arrayBuffer())).toEqual(new Uint8Array([0xff, 0xd8]))
  expect(posterBlob('%')).toBeNull()
  expect(posterBlob(null)).toBeNull()
})
