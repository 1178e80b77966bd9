import { expect, test } from 'vitest'
import { readContainer } from './container'
import { inspectVideo } from './inspect'
import type { Measured } from './measure'
import { mp4, webm, type Mp4Options, type WebmOptions } from './testing/files'

const LIMITS = { min_s: 15, max_s: 180, max_bytes: 1_000 }
const SEEN: Measured = { durationMs: 20_000, width: 1280, height: 720, hasSound: null }
const CONTENTS = { durationMs: 20_000, width: 1280, height: 720, hasPicture: true, hasSound: true }

const inspect = (file: Blob, measured: Measured | null = SEEN) =>
  inspectVideo(file, LIMITS, () => Promise.resolve(measured))

test.each([
  ['isom', 'video/mp4'],
  ['mp42', 'video/mp4'],
  ['iso5', 'video/mp4'],
  ['qt  ', 'video/quicktime'],
  ['3gp4', 'video/3gpp'],
])('a file of brand %s is %s', async (brand, mime) => {
  expect(await readContainer(mp4({ brand }))).toEqual({ mime, contents: CONTENTS })
})

test.each<[string, Mp4Options, object]>([
  [
    'filmed upright',
    { tracks: [{ handler: 'vide', width: 1920, height: 1080, isRotated: true }] },
    { width: 1080, height: 1920, hasSound: false },
  ],
  ['with sound only', { tracks: [{ handler: 'soun' }] }, { hasPicture: false, hasSound: true, width: null }],
  ['in fragments', { durationMs: 0 }, { durationMs: null }],
  ['with its index at the end of the file', { mdat: 700_000 }, { durationMs: 20_000, hasSound: true }],
])('the contents of an MP4 %s are read', async (_, options, contents) => {
  expect((await readContainer(mp4(options)))?.contents).toMatchObject(contents)
})

test.each<[string, WebmOptions, object]>([
  [
    'of a browser’s recorder',
    {},
    { durationMs: null, width: 640, height: 480, hasPicture: true, hasSound: true },
  ],
  ['with a duration', { durationMs: 20_500 }, { durationMs: 20_500 }],
  ['without sound', { tracks: [1] }, { hasPicture: true, hasSound: false }],
])('the contents of a WebM %s are read', async (_, options, contents) => {
  expect(await readContainer(webm(options))).toMatchObject({ mime: 'video/webm', contents })
})

test.each([
  ['text', new Blob(['no video at all, just words'])],
  ['Matroska of another kind', webm({ doctype: 'matroska' })],
  ['a picture', mp4({ brand: 'heic' })],
  ['one byte', new Blob(['x'])],
])('%s is refused as an unsupported type', async (_, file) => {
  expect(await inspect(file)).toEqual({ refusal: 'media_type_unsupported' })
})

test('a file with an unknown major brand has the type of a compatible brand', async () => {
  const bytes = new Uint8Array(await mp4({ brand: 'isom' }).arrayBuffer())
  const odd = new Uint8Array(
    [0, 0, 0, 20, ...'ftypXXXX'].map((one) => (typeof one === 'string' ? one.charCodeAt(0) : one)),
  )
  const file = new Blob([odd, new Uint8Array(4), new TextEncoder().encode('mp42'), bytes.subarray(16)])
  expect((await readContainer(file))?.mime).toBe('video/mp4')
})

test('the properties of a video that the phone can play come from the player', async () => {
  expect(await inspect(mp4(), { ...SEEN, durationMs: 21_000, width: 720, height: 1280 })).toEqual({
    mime: 'video/mp4',
    bytes: mp4().size,
    durationMs: 21_000,
    width: 720,
    height: 1280,
    hasSound: true,
  })
})

test('the properties of a video that the phone cannot play come from the file', async () => {
  expect(await inspect(mp4(), null)).toMatchObject({ durationMs: 20_000, width: 1280, hasSound: true })
  const soundOnly = { ...SEEN, width: 0, height: 0 }
  expect(await inspect(mp4(), soundOnly), 'the player lacks the video codec').toMatchObject({
    width: 1280,
  })
})

test.each<[string, Blob, Measured | null, string]>([
  ['too short', mp4(), { ...SEEN, durationMs: 14_999 }, 'media_too_short'],
  ['without sound', mp4({ tracks: [{ handler: 'vide', width: 8, height: 8 }] }), SEEN, 'media_no_sound'],
  [
    'without picture',
    mp4({ tracks: [{ handler: 'soun' }] }),
    { ...SEEN, width: 0, height: 0 },
    'media_no_picture',
  ],
  ['of unknown duration that does not play', webm(), null, 'media_unreadable'],
  ['without an index that does not play', mp4().slice(0, 60), null, 'media_unreadable'],
  ['empty', new Blob([]), null, 'media_unreadable'],
])('a file %s is refused', async (_, file, measured, refusal) => {
  expect(await inspect(file, measured)).toEqual({ refusal })
})

test('a file over the limits of size and length is inspected where it lies: there are ways out', async () => {
  const long = { ...SEEN, durationMs: 900_000 }
  expect(await inspect(mp4({ mdat: 2_000 }), long)).toMatchObject({ durationMs: 900_000, hasSound: true })
})

test('a file that was deleted is refused as unreadable', async () => {
  const slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) })
  const gone = { size: 100, slice } as unknown as Blob
  expect(await inspect(gone)).toEqual({ refusal: 'media_unreadable' })
})

test('sound is unknown when neither the file nor the player tells', async () => {
  expect(await inspect(mp4().slice(0, 60))).toMatchObject({ hasSound: null })
  expect(await inspect(mp4().slice(0, 60), { ...SEEN, hasSound: false })).toEqual({
    refusal: 'media_no_sound',
  })
})
