/** Whether an Ogg file (RFC 3533) is one recording in Opus or Vorbis and says nothing else. */
import { isBareComment } from '../media/comments.ts'

/** How the headers of each codec begin; the second one holds the comments. */
const HEADERS = [
  ['OpusHead', 'OpusTags'],
  ['\x01vorbis', '\x03vorbis', '\x05vorbis'],
]
const HEAD_BYTES = 27
const IS_FIRST = 2

const POLYNOMIAL = 0x04c11db7
const TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
  let sum = value << 24
  for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? POLYNOMIAL : 0)
  return sum
})

const text = (bytes: Uint8Array, from: number, length: number) =>
  String.fromCharCode(...bytes.subarray(from, from + length))

/** Players pass over a page whose check sum is wrong, so such a page could hold anything. */
function hasItsSum(bytes: Uint8Array, from: number, end: number): boolean {
  let sum = 0
  for (let at = from; at < end; at++) {
    const isSum = at >= from + 22 && at < from + 26
    sum = ((sum << 8) ^ TABLE[((sum >>> 24) ^ (isSum ? 0 : bytes[at]!)) & 255]!) >>> 0
  }
  return new DataView(bytes.buffer, bytes.byteOffset + from + 22, 4).getUint32(0, true) === sum
}

interface Page {
  isFirst: boolean
  /** Which stream it belongs to. */
  serial: string
  lengths: Uint8Array
  /** Where its content begins and ends. */
  from: number
  end: number
}

function pageAt(bytes: Uint8Array, at: number): Page | null {
  if (at + HEAD_BYTES > bytes.length || text(bytes, at, 5) !== 'OggS\0') return null
  const from = at + HEAD_BYTES + bytes[at + 26]!
  const lengths = bytes.subarray(at + HEAD_BYTES, from)
  const end = from + lengths.reduce((sum, length) => sum + length, 0)
  if (end > bytes.length || !hasItsSum(bytes, at, end)) return null
  return { isFirst: (bytes[at + 5]! & IS_FIRST) !== 0, serial: text(bytes, at + 14, 4), lengths, from, end }
}

/** Adds the packets of a page to those before: a length of 255 says that the packet goes on. */
function addPackets(bytes: Uint8Array, { lengths, from }: Page, packets: number[][]): void {
  let at = from
  for (const length of lengths) {
    packets.at(-1)!.push(...bytes.subarray(at, at + length))
    at += length
    if (length < 255) packets.push([])
  }
}

function areHeaders(packets: readonly number[][]): boolean {
  const found = packets.map((packet) => Uint8Array.from(packet))
  const names = HEADERS.find(([first]) => text(found[0]!, 0, first!.length) === first)
  return (
    names !== undefined &&
    names.every((name, place) => text(found[place]!, 0, name.length) === name) &&
    isBareComment(found[1]!.subarray(names[1]!.length))
  )
}

const MOST_HEADERS = 3
/** The tables of Vorbis take some thousands of bytes. */
const MAX_HEADER_BYTES = 256 * 1024

/** One stream of whole pages, from the first byte to the last, whose comments are bare. */
export function isPlainOgg(bytes: Uint8Array): boolean {
  const packets: number[][] = [[]]
  let serial: string | null = null
  for (let at = 0; at < bytes.length;) {
    const page = pageAt(bytes, at)
    if (!page || page.isFirst !== (at === 0) || page.serial !== (serial ?? page.serial)) return false
    serial = page.serial
    if (packets.length <= MOST_HEADERS) addPackets(bytes, page, packets)
    if (packets.length <= MOST_HEADERS && packets.at(-1)!.length > MAX_HEADER_BYTES) return false
    at = page.end
  }
  return packets.length > MOST_HEADERS && areHeaders(packets)
}
