/** A picture of few colours as a PNG with a palette: two fifths of the bytes, which whoever gets the link pays for. */
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const MOST_COLOURS = 256

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Colours that differ in less than a sixteenth of each channel are one: the edges of letters have hundreds. */
const nearOf = (colour: number): number => colour & 0xf0f0f0

const placeOf = (colour: number): number =>
  ((colour >> 12) & 0xf00) | ((colour >> 8) & 0xf0) | ((colour >> 4) & 0xf)

/** For each group of near colours the one that most pixels have, so that areas keep their own. */
function paletteOf(counts: ReadonlyMap<number, number>): Map<number, number> {
  const palette = new Map<number, number>()
  for (const [colour, count] of counts) {
    const best = palette.get(nearOf(colour))
    if (best === undefined || count > counts.get(best)!) palette.set(nearOf(colour), colour)
  }
  return palette
}

/** The PNG of opaque RGBA pixels; null for more colours than a palette has. */
export function smallPng(pixels: Uint8Array, width: number, height: number): Buffer | null {
  const colours = new Uint32Array(width * height)
  const counts = new Map<number, number>()
  let since = 0 // where the pixels of one colour began
  for (let at = 0; at < colours.length; at++) {
    colours[at] = (pixels[at * 4]! << 16) | (pixels[at * 4 + 1]! << 8) | pixels[at * 4 + 2]!
    const isLast = at + 1 === colours.length
    if (colours[at] === colours[since] && !isLast) continue
    counts.set(colours[since]!, (counts.get(colours[since]!) ?? 0) + at - since)
    if (isLast) counts.set(colours[at]!, (counts.get(colours[at]!) ?? 0) + 1)
    since = at
  }
  const palette = paletteOf(counts)
  if (palette.size > MOST_COLOURS) return null
  const indexOf = new Uint8Array(0x1000) // by the first four bits of each channel
  for (const [index, near] of [...palette.keys()].entries()) indexOf[placeOf(near)] = index
  const rows = Buffer.alloc((width + 1) * height) // each row begins with its filter, 0: none
  for (let at = 0; at < colours.length; at++)
    rows[at + Math.floor(at / width) + 1] = indexOf[placeOf(colours[at]!)]!
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3], 8) // bits for each pixel, and that they are places in the palette
  const listed = Uint8Array.from(
    [...palette.values()].flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]),
  )
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', listed),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
