/**
 * Whether a picture may be published: whole, of one format from the first byte to the last, of a size that a phone can
 * show, and without anything beside the picture (place, camera, person, thumbnails).
 */
import { inflate } from './inflate.ts'
import { refused, type Verdict } from './verdict.ts'

const MAX_SIDE = 4096
const MAX_PIXELS = 12_000_000

type Size = [width: number, height: number]
/** The size, or why the file is refused. */
type Found = Size | 'image_broken' | 'image_metadata'

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const word = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))

// PNG ------------------------------------------------------------------------------------------------------

const PNG_PARTS = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs cICP'.split(' '))
/** A colour profile is compressed too; a browser's are far smaller. */
const MAX_PROFILE = 4096
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Whether the compressed pixels are no more than the size says. */
function hasItsPixels(data: Uint8Array, [width, height]: Size, depth: number, colour: number): boolean {
  const expected = (Math.ceil((width * depth * (CHANNELS[colour] ?? 0)) / 8) + 1) * height
  let size = 0
  inflate(data, 0, data.length, (piece) => (size += piece.length) <= expected)
  return size === expected
}

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0)
  return whole
}

function readPng(bytes: Uint8Array): Found {
  const view = viewOf(bytes)
  const data: Uint8Array[] = []
  let at = 8
  let name = ''
  for (; at + 12 <= bytes.length && name !== 'IEND';) {
    const length = view.getUint32(at)
    name = word(bytes, at + 4)
    if (at === 8 && (name !== 'IHDR' || length !== 13)) return 'image_broken'
    if (at + 12 + length > bytes.length) return 'image_broken'
    if (name === 'iCCP' ? length > MAX_PROFILE : !PNG_PARTS.has(name)) return 'image_metadata'
    if (name === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  if (name !== 'IEND' || at !== bytes.length) return 'image_broken'
  const size: Size = [view.getUint32(16), view.getUint32(20)]
  const isInterlaced = bytes[28] !== 0
  if (isTooLarge(size)) return size
  return !isInterlaced && hasItsPixels(join(data), size, bytes[24]!, bytes[25]!) ? size : 'image_broken'
}

// JPEG -----------------------------------------------------------------------------------------------------

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** The segments beside a picture that belong to it, with their length: JFIF without a thumbnail, and Adobe's colours. */
const FIXED: Readonly<Record<number, [name: string, length: number]>> = {
  0xe0: ['JFIF', 16],
  0xee: ['Adob', 14],
}

/** Whether a segment is part of the picture. A colour profile is. */
function isPlain(bytes: Uint8Array, marker: number, at: number): boolean {
  const name = word(bytes, at + 4)
  const fixed = FIXED[marker]
  if (fixed) return name === fixed[0] && viewOf(bytes).getUint16(at + 2) <= fixed[1]
  return marker < 0xe0 || (marker === 0xe2 && name === 'ICC_')
}

/** The place after the compressed pixels that begin at `at`: the next marker that is no part of them. */
function afterPixels(bytes: Uint8Array, at: number): number {
  for (let place = bytes.indexOf(0xff, at); place >= 0; place = bytes.indexOf(0xff, place + 1)) {
    const next = bytes[place + 1]
    if (next !== undefined && next !== 0 && (next < 0xd0 || next > 0xd7)) return place
  }
  return bytes.length
}

function readJpeg(bytes: Uint8Array): Found {
  const view = viewOf(bytes)
  let size: Size | null = null
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xd9) {
    const marker = bytes[at + 1]!
    const length = view.getUint16(at + 2)
    if (length < 2 || at + 2 + length > bytes.length || marker < 0xc0) return 'image_broken'
    if (!isPlain(bytes, marker, at)) return 'image_metadata'
    if (isFrame(marker) && length >= 8) size = [view.getUint16(at + 7), view.getUint16(at + 5)]
    at = marker === 0xda ? afterPixels(bytes, at + 2 + length) : at + 2 + length
  }
  const isAtEnd = bytes[at] === 0xff && bytes[at + 1] === 0xd9 && at + 2 === bytes.length
  return size && isAtEnd ? size : 'image_broken'
}

/**
 * The JPEG without what stands beside the picture: place, camera, time, thumbnails, comments. Null when it is no whole
 * JPEG. Browsers write the size into such a segment, so a picture that has one is no reason to refuse it.
 */
export function plainJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const end = at + 2 + viewOf(bytes).getUint16(at + 2)
    if (isPlain(bytes, bytes[at + 1]!, at)) kept.push(bytes.subarray(at, end))
    at = end
  }
  const plain = join([...kept, bytes.subarray(at)])
  return Array.isArray(readJpeg(plain)) ? plain : null
}

// WebP -----------------------------------------------------------------------------------------------------

const WEBP_PARTS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP'])

/** The size in a part of a WebP that says one. */
function webpSize(bytes: Uint8Array, name: string, at: number): Size | null {
  const view = viewOf(bytes)
  if (name === 'VP8X') {
    const three = (place: number) => (view.getUint32(place - 1, true) >>> 8) + 1
    return [three(at + 4), three(at + 7)]
  }
  if (name === 'VP8L') {
    const bits = view.getUint32(at + 1, true)
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
  }
  return name === 'VP8 '
    ? [view.getUint16(at + 6, true) & 0x3fff, view.getUint16(at + 8, true) & 0x3fff]
    : null
}

function readWebp(bytes: Uint8Array): Found {
  const view = viewOf(bytes)
  if (bytes.length < 30 || view.getUint32(4, true) + 8 !== bytes.length) return 'image_broken'
  const sizes: Size[] = []
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = word(bytes, at)
    const length = view.getUint32(at + 4, true)
    if (at + 8 + length > bytes.length) return 'image_broken'
    if (name === 'ANIM' || name === 'ANMF') return 'image_broken'
    if (!WEBP_PARTS.has(name)) return 'image_metadata'
    const size = length >= 10 || name === 'VP8L' ? webpSize(bytes, name, at + 8) : null
    if (size) sizes.push(size)
    at += 8 + length + (length % 2)
  }
  // The largest counts: parts that disagree would show one size and take the memory of another.
  return sizes.length ? sizes.reduce((a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1])]) : 'image_broken'
}

const isTooLarge = ([width, height]: Size) =>
  width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS

const READERS: Readonly<Record<string, (bytes: Uint8Array) => Found>> = {
  'image/png': readPng,
  'image/jpeg': readJpeg,
  'image/webp': readWebp,
}

export function checkImage(bytes: Uint8Array, mime: string): Verdict {
  const found = READERS[mime]!(bytes)
  if (typeof found === 'string') return refused(found, mime)
  if (isTooLarge(found)) return refused('image_too_large', mime)
  const [width, height] = found
  return width > 0 && height > 0
    ? { mime, refusal: null, facts: { width, height } }
    : refused('image_broken', mime)
}
