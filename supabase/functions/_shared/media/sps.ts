/** The size of the picture that an H.264 stream is coded in (ITU-T H.264, 7.3.2.1.1). What its container claims is no proof. */

/** Profiles whose parameters begin with the form of their colours. */
const WITH_COLOURS = new Set([44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244])
/** Codes of more bits are no picture. */
const BITS_MAX = 31

/** The payload without the bytes that keep it from looking like a start. */
function withoutGuards(unit: Uint8Array): Uint8Array {
  return unit.filter((byte, at) => !(byte === 3 && at > 1 && unit[at - 1] === 0 && unit[at - 2] === 0))
}

/** Reads bits and the codes of Golomb. Rejects with RangeError after the end. */
function readerOf(bytes: Uint8Array) {
  let at = 0
  const bit = () => {
    const byte = bytes[at >> 3]
    if (byte === undefined) throw new RangeError('the parameters end early')
    return (byte >> (7 - (at++ & 7))) & 1
  }
  const bits = (count: number) => {
    let value = 0
    for (let left = count; left > 0; left -= 1) value = value * 2 + bit()
    return value
  }
  const code = () => {
    let zeros = 0
    while (bit() === 0) if (++zeros > BITS_MAX) throw new RangeError('no such code')
    return 2 ** zeros - 1 + bits(zeros)
  }
  return { bit, bits, code }
}
type Reader = ReturnType<typeof readerOf>

const signed = (code: number) => (code % 2 === 1 ? (code + 1) / 2 : -code / 2)

/** Passes over a list of scales. */
function passScales({ code }: Reader, count: number): void {
  let [last, next] = [8, 8]
  for (let at = 0; at < count && next !== 0; at += 1) {
    next = (last + signed(code()) + 256) % 256
    if (next !== 0) last = next
  }
}

/** Passes over what stands before the size; the form of the colours. */
function passColours(reader: Reader): number {
  const colours = reader.code()
  if (colours === 3) reader.bit()
  reader.code()
  reader.code()
  reader.bit()
  if (reader.bit() === 1)
    for (let list = 0; list < (colours === 3 ? 12 : 8); list += 1)
      if (reader.bit() === 1) passScales(reader, list < 6 ? 16 : 64)
  return colours
}

function passOrder(reader: Reader): void {
  reader.code()
  const kind = reader.code()
  if (kind === 0) reader.code()
  if (kind === 1) {
    reader.bit()
    reader.code()
    reader.code()
    for (let left = reader.code(); left > 0; left -= 1) reader.code()
  }
  reader.code()
  reader.bit()
}

/** Width and height of a parameter set, after what is cut off. */
function sizeOf(unit: Uint8Array): [width: number, height: number] {
  const reader = readerOf(withoutGuards(unit.subarray(1)))
  const profile = reader.bits(8)
  reader.bits(16)
  reader.code()
  const colours = WITH_COLOURS.has(profile) ? passColours(reader) : 1
  passOrder(reader)
  const [across, down] = [reader.code() + 1, reader.code() + 1]
  const isWhole = reader.bit()
  if (isWhole === 0) reader.bit()
  reader.bit()
  const [width, height] = [across * 16, down * 16 * (2 - isWhole)]
  if (reader.bit() === 0) return [width, height]
  const [left, right, top, bottom] = [reader.code(), reader.code(), reader.code(), reader.code()]
  const [x, y] = [colours === 1 || colours === 2 ? 2 : 1, (colours === 1 ? 2 : 1) * (2 - isWhole)]
  return [width - (left + right) * x, height - (top + bottom) * y]
}

/** The largest short side among the parameter sets of an `avcC` (ISO/IEC 14496-15, 5.3.3.1). Rejects with RangeError on anything else. */
export function linesOfAvc(avcC: Uint8Array): number {
  const view = new DataView(avcC.buffer, avcC.byteOffset, avcC.byteLength)
  let [at, lines] = [6, 0]
  for (let left = view.getUint8(5) & 0x1f; left > 0; left -= 1) {
    const length = view.getUint16(at)
    lines = Math.max(lines, Math.min(...sizeOf(avcC.subarray(at + 2, at + 2 + length))))
    at += 2 + length
  }
  if (lines < 1) throw new RangeError('no parameters')
  return lines
}
