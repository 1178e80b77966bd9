/** WebP: the parts of one picture, and no other. */
import { type Found, join, type Size, viewOf, word } from './picture.ts'

const PARTS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH'])
const HEAD_BYTES = 12
/** Bits of VP8X that announce a colour profile, Exif and XMP. */
const ANNOUNCED = 0x2c

interface Part {
  name: string
  at: number
  length: number
  end: number
}

/** The parts in order; null when they do not add up. */
function partsOf(bytes: Uint8Array): Part[] | null {
  const parts: Part[] = []
  if (bytes.length < 30 || viewOf(bytes).getUint32(4, true) + 8 !== bytes.length) return null
  for (let at = HEAD_BYTES; at + 8 <= bytes.length;) {
    const length = viewOf(bytes).getUint32(at + 4, true)
    if (at + 8 + length > bytes.length) return null
    const end = at + 8 + length + (length % 2)
    parts.push({ name: word(bytes, at), at, length, end })
    at = end
  }
  return parts
}

const isPlain = ({ name, length }: Part) => PARTS.has(name) && (name !== 'VP8X' || length === 10)

/** The size in a part of a WebP that says one. */
function sizeIn(bytes: Uint8Array, { name, at: start, length }: Part): Size | null {
  const view = viewOf(bytes)
  const at = start + 8
  if (name === 'VP8X' && length >= 10) {
    const three = (place: number) => (view.getUint32(place - 1, true) >>> 8) + 1
    return [three(at + 4), three(at + 7)]
  }
  if (name === 'VP8L' && length >= 5) {
    const bits = view.getUint32(at + 1, true)
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
  }
  return name === 'VP8 ' && length >= 10
    ? [view.getUint16(at + 6, true) & 0x3fff, view.getUint16(at + 8, true) & 0x3fff]
    : null
}

export function readWebp(bytes: Uint8Array): Found {
  const parts = partsOf(bytes)
  if (!parts || parts.some(({ name }) => name === 'ANIM' || name === 'ANMF')) return 'image_broken'
  if (!parts.every(isPlain)) return 'image_metadata'
  const sizes = parts.map((part) => sizeIn(bytes, part)).filter((size) => size !== null)
  // The largest counts: parts that disagree would show one size and take the memory of another.
  return sizes.length ? sizes.reduce((a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1])]) : 'image_broken'
}

/** The WebP without its other parts. What is no whole WebP comes back as it is. */
export function plainWebp(bytes: Uint8Array): Uint8Array {
  const kept = partsOf(bytes)?.filter(isPlain)
  if (!kept) return bytes
  const plain = join([bytes.subarray(0, HEAD_BYTES), ...kept.map(({ at, end }) => bytes.subarray(at, end))])
  viewOf(plain).setUint32(4, plain.length - 8, true)
  if (kept[0]?.name === 'VP8X') plain[HEAD_BYTES + 8]! &= ~ANNOUNCED
  return plain
}
