import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { wipe } from '@/sync/testing/phone'
import { plainJpeg } from '../../supabase/functions/_shared/files/jpeg'
import { readRange } from './bytes'
import { cleaned, judgeFile } from './clean'
import type { VideoMime } from './contents'
import { stageMedia } from './store'

beforeEach(wipe)

const CLIPS = join(import.meta.dirname, '../../tests/media/clips')
const clip = (name: string) => readFileSync(join(CLIPS, name))
const mimeOf = (name: string): VideoMime => (name.endsWith('.webm') ? 'video/webm' : 'video/mp4')
const chosen = (bytes: Uint8Array, name = '') => ({ file: new Blob([bytes.slice()]), mime: mimeOf(name) })
const words = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

/** A copy of the bytes in which each word is replaced by another of the same length. */
function changed(bytes: Buffer, ...pairs: [from: string, to: string][]): Buffer {
  const text = pairs.reduce((all, [from, to]) => all.replaceAll(from, to), bytes.toString('latin1'))
  return Buffer.from(text, 'latin1')
}

/** Latitude 19.2826 as ASCII, and as the fixed-point number of 3GP's `loci`. */
const PLACES = ['19.2826', '\x00\x13\x48\x58']
const saysPlace = (bytes: Uint8Array) => PLACES.some((place) => words(bytes).includes(place))

/** The bytes that leave the phone. */
async function sent(file: Blob, mime: VideoMime): Promise<Uint8Array> {
  const id = crypto.randomUUID()
  const clean = await cleaned({ file, mime }, new AbortController().signal)
  const { bytes } = await stageMedia({ id, submissionId: 's1', ...clean })
  return await readRange(id, 0, bytes)
}

const telemetry = (format: string) =>
  changed(clip('captions.mp4'), ['sbtl', 'meta'], ['tx3g', format], ['text', 'meta'])

const SAID: [what: string, bytes: Buffer, tells: string[], name?: string][] = [
  ['a place in `©xyz` of MP4', clip('xyz.mp4'), ['tags', 'device']],
  ['place, time and model in keys of MOV', clip('phone.mov'), ['tags', 'time', 'device']],
  ['a place in `loci` of 3GP', clip('phone.3gp'), ['tags', 'time', 'device']],
  ['a place and a time in a fragmented MP4', clip('fragments.mp4'), ['tags', 'time', 'device']],
  ['a place in tags of WebM', clip('tags.webm'), ['tags', 'device'], 'tags.webm'],
  ['a place in a timed-text track', clip('captions.mp4'), ['tags', 'device', 'tracks', 'hidden']],
  ['a place in a `gpmd` track', telemetry('gpmd'), ['tags', 'device', 'tracks', 'hidden']],
  ['a place in a `mebx` track', telemetry('mebx'), ['tags', 'device', 'tracks', 'hidden']],
]

test.each(SAID)('the judgement finds %s', async (_, bytes, tells, name) => {
  expect(saysPlace(bytes)).toBe(true)
  expect((await judgeFile(chosen(bytes, name))).tells).toEqual(tells)
})

test.each(SAID)('the bytes that leave the phone lack %s', async (_, bytes, _tells, name) => {
  const { file, mime } = chosen(bytes, name)
  const copy = await sent(file, mime)
  expect(saysPlace(copy)).toBe(false)
  expect(words(copy)).not.toMatch(/SM-G991B|Lavf/)
  const { tells, picture, sound } = await judgeFile(chosen(copy, name))
  expect({ tells, picture, sound }).toEqual({
    tells: [],
    picture: name ? 'vp8' : 'avc',
    sound: name ? 'opus' : 'aac',
  })
})

test.each<[string, (clean: Buffer) => Buffer, string]>([
  ['an unknown box', (clean) => Buffer.concat([clean, Buffer.from('\0\0\0\x0cabcdGPS!')]), 'hidden'],
  ['words in a free box', (clean) => Buffer.concat([clean, Buffer.from('\0\0\0\x0cfreeGPS!')]), 'hidden'],
  ['bytes after the last box', (clean) => Buffer.concat([clean, Buffer.from('GPS')]), 'hidden'],
  ['an XMP box', (clean) => Buffer.concat([clean, Buffer.from('\0\0\0\x0cuuidGPS!')]), 'tags'],
  [
    'the name of a camera',
    (clean) => changed(clean, ['MediabunnyVideoHandler', 'Mediabunny GoPro SN 42']),
    'device',
  ],
  ['a track that is no picture', (clean) => changed(clean, ['vide', 'meta']), 'tracks'],
  ['an unknown box in a track', (clean) => changed(clean, ['smhd', 'gps_']), 'hidden'],
  ['half of its bytes', (clean) => clean.subarray(0, clean.length / 2), 'unreadable'],
])('a clean file with %s is held', async (_, change, tell) => {
  const clean = Buffer.from(await sent(chosen(clip('xyz.mp4')).file, 'video/mp4'))
  const spoilt = change(clean)
  expect(spoilt.equals(clean)).toBe(false)
  expect((await judgeFile(chosen(spoilt))).tells).toContain(tell)
})

test.each([
  ['an MP4 whose index comes first', 'first.mp4'],
  ['a WebM', 'tags.webm'],
])('%s of which 45 % arrived is truncated', async (_, name) => {
  const whole = clip(name)
  const part = whole.subarray(0, Math.round(whole.length * 0.45))
  expect((await judgeFile(chosen(whole, name))).tells).not.toContain('truncated')
  expect((await judgeFile(chosen(part, name))).tells).toContain('truncated')
})

test('the codec of a picture that many browsers lack is known', async () => {
  expect(await judgeFile(chosen(clip('hevc.mov')))).toMatchObject({ picture: 'hevc', sound: 'aac' })
})

test('a file whose picture and sound cannot be copied or blanked is not kept', async () => {
  const odd = changed(telemetry('gpmd'), ['avc1', 'zzzz'])
  await expect(sent(chosen(odd).file, 'video/mp4')).rejects.toMatchObject({ code: 'media_not_clean' })
})

test('a cancelled copy ends with the reason of the signal', async () => {
  const ending = new AbortController()
  ending.abort('gone')
  await expect(cleaned(chosen(clip('xyz.mp4')), ending.signal)).rejects.toBe('gone')
})

test('a phone without memory for a new file keeps the blanked original', async () => {
  const original = chosen(clip('xyz.mp4'))
  vi.stubGlobal('Blob', function NoMemory() {
    throw new RangeError('Array buffer allocation failed')
  })
  const kept = await cleaned(original, new AbortController().signal).finally(() => vi.unstubAllGlobals())
  expect(kept.file).toBe(original.file)
})

test('a failure to read is no judgement', async () => {
  const slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) })
  const gone = { size: 100, slice } as unknown as Blob
  await expect(judgeFile({ file: gone, mime: 'video/mp4' })).rejects.toMatchObject({
    code: 'media_unreadable',
  })
})

test('a poster loses its EXIF place, and its picture stays', () => {
  const poster = clip('poster.jpg')
  const exif = Buffer.from('\xff\xe1\0\x16Exif\0\0GPS 19.2826', 'latin1')
  exif.writeUInt16BE(exif.length - 2, 2)
  const told = Buffer.concat([poster.subarray(0, 2), exif, poster.subarray(2)])
  expect(saysPlace(told)).toBe(true)
  const plain = plainJpeg(told)!
  expect(saysPlace(plain)).toBe(false)
  expect(Buffer.from(plain).equals(Buffer.from(plainJpeg(poster)!))).toBe(true)
  expect(plainJpeg(Buffer.from('GIF89a'))).toBeNull()
})

test.each([
  ['says that it has more packets than can be counted', 150_001, 1],
  ['puts more packets into one chunk than can be found in time', 50_000, 50_000],
])('a file that %s is not read', async (_, packets, longestChunk) => {
  const bytes = Buffer.from(clip('xyz.mp4'))
  bytes.writeUInt32BE(packets, bytes.indexOf('stsz') + 12)
  bytes.writeUInt32BE(longestChunk, bytes.indexOf('stsc') + 16)
  expect(await judgeFile(chosen(bytes))).toEqual({ tells: ['unreadable'], picture: null, sound: null })
})
