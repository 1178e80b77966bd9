import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { wipe } from '@/sync/testing/phone'
import type { Mark } from '../../supabase/functions/_shared/media/tells'
import { readRange } from './bytes'
import { readMp4 } from './mp4'
import { stageMedia } from './store'
import { blank } from './strip'
import { box, ftyp, mp4, text } from './testing/files'
import { PLACE, XYZ, expectNoPlace } from './testing/promises'

beforeEach(wipe)

const zeros = (count: number) => Array.from({ length: count }, () => 0)
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
const words = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** A video with additional boxes at the end of `moov`, at the end of its first track and before `moov`. */
async function tagged(
  brand: string,
  inMoov: number[],
  inTrack: number[],
  outside: number[] = [],
): Promise<Blob> {
  const plain = await bytesOf(mp4({ brand }))
  const at = words(plain).indexOf('moov') - 4
  const inner = Array.from(plain.subarray(at + 8))
  const track = words(new Uint8Array(inner)).indexOf('trak') - 4
  const size = (inner[track + 2]! << 8) | inner[track + 3]!
  const trak = box('trak', inner.slice(track + 8, track + size), inTrack)
  const moov = box('moov', inner.slice(0, track), trak, inner.slice(track + size), inMoov)
  return new Blob([new Uint8Array([...plain.slice(0, at), ...outside, ...moov])])
}

/** The phone's copy of a file. */
async function kept(file: Blob): Promise<Uint8Array> {
  const id = crypto.randomUUID()
  const { bytes } = await stageMedia({ id, submissionId: 's1', file, mime: 'video/mp4' })
  return new Uint8Array(await readRange(id, 0, bytes))
}

const loci = box('udta', box('loci', zeros(4), text(`Toluca ${PLACE}`)))
const keys = box('meta', box('keys', text('com.apple.quicktime.location.ISO6709')), box('ilst', text(PLACE)))
const xmp = box('uuid', zeros(16), text(`exif:GPSLatitude ${PLACE}`))

test.each([
  ['an Android phone', 'isom', XYZ, [], []],
  ['a 3GP phone', '3gp4', loci, [], []],
  ['an iPhone', 'qt  ', keys, [], []],
  ['a track', 'isom', [], XYZ, []],
  ['a camera that writes XMP', 'isom', [], [], xmp],
])(
  'the copy lacks the location that %s wrote, and size, duration and tracks stay',
  async (_, brand, ...parts) => {
    const file = await tagged(brand, ...(parts as [number[], number[], number[]]))
    const clean = await expectNoPlace(file)
    expect(clean).toHaveLength(file.size)
    const contentsOf = (blob: Blob) =>
      readMp4(async (start, end) => new DataView(await blob.slice(start, end).arrayBuffer()), blob.size)
    expect(await contentsOf(new Blob([clean.slice()]))).toEqual(await contentsOf(file))
    expect(await contentsOf(file)).toMatchObject({ durationMs: 20_000, hasSound: true })
  },
)

test('a file without tag boxes is copied unchanged', async () => {
  for (const file of [mp4(), new Blob([new Uint8Array([...ftyp('isom'), ...text('udta meta uuid')])])])
    expect(await kept(file)).toEqual(await bytesOf(file))
})

test('a box that spans several rows is blanked in each of them', () => {
  const tag: Mark = { tell: 'tags', at: 2, start: 10, end: 20, blank: 'box' }
  const rows = [0, 8, 16].map((offset) => {
    const data = new Uint8Array(8).fill(7)
    blank(data.buffer, offset, [tag])
    return [...data]
  })
  expect(rows.flat()).toEqual([7, 7, 7, 7, 7, 7, ...text('free'), ...zeros(10), 7, 7, 7, 7])
})
