/** PNG: the parts that draw the picture, each as long as its kind is, and no other. */
import { inflate } from './inflate.ts'
import { type Found, isTooLarge, join, type Size, viewOf, word } from './picture.ts'

/** The longest content of each part; of pixels as many as there are. A colour profile names the screen and its owner. */
const PARTS: Readonly<Record<string, number>> = {
  IHDR: 13,
  PLTE: 768,
  IDAT: Infinity,
  IEND: 0,
  tRNS: 256,
  gAMA: 4,
  cHRM: 32,
  sRGB: 1,
  sBIT: 4,
  bKGD: 6,
  pHYs: 9,
  cICP: 4,
}
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const HEAD_BYTES = 8

interface Part {
  name: string
  at: number
  length: number
  end: number
}

/** The parts up to the last one; null when they do not add up. */
function partsOf(bytes: Uint8Array): Part[] | null {
  const parts: Part[] = []
  for (let at = HEAD_BYTES; at + 12 <= bytes.length && parts.at(-1)?.name !== 'IEND';) {
    const length = viewOf(bytes).getUint32(at)
    const part = { name: word(bytes, at + 4), at, length, end: at + 12 + length }
    if (part.end > bytes.length) return null
    parts.push(part)
    at = part.end
  }
  const isWhole = parts[0]?.name === 'IHDR' && parts[0].length === 13 && parts.at(-1)?.name === 'IEND'
  return isWhole ? parts : null
}

const isPlain = ({ name, length }: Part) => length <= (PARTS[name] ?? -1)

/** Whether the compressed pixels are no more than the size says. */
function hasItsPixels(data: Uint8Array, [width, height]: Size, depth: number, colour: number): boolean {
  const expected = (Math.ceil((width * depth * (CHANNELS[colour] ?? 0)) / 8) + 1) * height
  let size = 0
  inflate(data, 0, data.length, (piece) => (size += piece.length) <= expected)
  return size === expected
}

export function readPng(bytes: Uint8Array): Found {
  const parts = partsOf(bytes)
  if (!parts) return 'image_broken'
  if (!parts.every(isPlain)) return 'image_metadata'
  if (parts.at(-1)!.end !== bytes.length) return 'image_broken'
  const size: Size = [viewOf(bytes).getUint32(16), viewOf(bytes).getUint32(20)]
  const isInterlaced = bytes[28] !== 0
  if (isTooLarge(size)) return size
  const pixels = parts
    .filter(({ name }) => name === 'IDAT')
    .map(({ at, end }) => bytes.subarray(at + 8, end - 4))
  return !isInterlaced && hasItsPixels(join(pixels), size, bytes[24]!, bytes[25]!) ? size : 'image_broken'
}

/** The PNG without its other parts. What is no whole PNG comes back as it is. */
export function plainPng(bytes: Uint8Array): Uint8Array {
  const kept = partsOf(bytes)?.filter(isPlain)
  return kept
    ? join([bytes.subarray(0, HEAD_BYTES), ...kept.map(({ at, end }) => bytes.subarray(at, end))])
    : bytes
}
