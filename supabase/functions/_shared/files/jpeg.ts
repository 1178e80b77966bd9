/** JPEG: the segments that draw the picture, and no other. */
import { type Found, join, type Size, viewOf, word } from './picture.ts'

const FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])
/** Tables of coding, the compressed pixels, the number of lines, the distance of marks. */
const DRAWING = new Set([0xc4, 0xcc, 0xda, 0xdb, 0xdc, 0xdd])

/**
 * The segments beside a picture that belong to it, with their length: JFIF without a thumbnail, and Adobe's colours. A
 * colour profile is none: it names the screen or the camera, and pictures are drawn in the colours of the web.
 */
const FIXED: Readonly<Record<number, [name: string, length: number]>> = {
  0xe0: ['JFIF', 16],
  0xee: ['Adob', 14],
}

/** Whether a segment is part of the picture. */
export function isPlainSegment(bytes: Uint8Array, marker: number, at: number): boolean {
  const fixed = FIXED[marker]
  if (fixed) return word(bytes, at + 4) === fixed[0] && viewOf(bytes).getUint16(at + 2) <= fixed[1]
  return FRAMES.has(marker) || DRAWING.has(marker)
}

/** The place after the compressed pixels that begin at `at`: the next marker that is no part of them. */
function afterPixels(bytes: Uint8Array, at: number): number {
  for (let place = bytes.indexOf(0xff, at); place >= 0; place = bytes.indexOf(0xff, place + 1)) {
    const next = bytes[place + 1]
    if (next !== undefined && next !== 0 && (next < 0xd0 || next > 0xd7)) return place
  }
  return bytes.length
}

export function readJpeg(bytes: Uint8Array): Found {
  const view = viewOf(bytes)
  let size: Size | null = null
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xd9) {
    const marker = bytes[at + 1]!
    const length = view.getUint16(at + 2)
    if (length < 2 || at + 2 + length > bytes.length || marker < 0xc0) return 'image_broken'
    if (!isPlainSegment(bytes, marker, at)) return 'image_metadata'
    if (FRAMES.has(marker) && length >= 8) size = [view.getUint16(at + 7), view.getUint16(at + 5)]
    at = marker === 0xda ? afterPixels(bytes, at + 2 + length) : at + 2 + length
  }
  const isAtEnd = bytes[at] === 0xff && bytes[at + 1] === 0xd9 && at + 2 === bytes.length
  return size && isAtEnd ? size : 'image_broken'
}

/**
 * The JPEG without what stands beside the picture: place, camera, time, thumbnails, colour profiles, comments. Null when
 * it is no whole JPEG. Browsers write the size into such a segment, so a picture that has one is no reason to refuse it.
 */
export function plainJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const end = at + 2 + viewOf(bytes).getUint16(at + 2)
    if (isPlainSegment(bytes, bytes[at + 1]!, at)) kept.push(bytes.subarray(at, end))
    at = end
  }
  const plain = join([...kept, bytes.subarray(at)])
  return Array.isArray(readJpeg(plain)) ? plain : null
}
