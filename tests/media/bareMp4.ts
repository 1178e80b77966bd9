/** An MP4 with an index and noise for a picture, to move bytes of any size. */
import { randomBytes } from 'node:crypto'

const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4))
  return bytes
}
const box = (type: string, ...parts: Buffer[]) => {
  const content = Buffer.concat(parts)
  return Buffer.concat([u32(content.length + 8), Buffer.from(type), content])
}

const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
const HEAD = box('ftyp', Buffer.from('mp42\0\0\0\0mp42isom'))
/** Time scale 1, one second. */
const MOVIE = box('mvhd', u32(0, 0, 0, 1, 1, 0x10000, 0x01000000, 0, 0), MATRIX, Buffer.alloc(24), u32(2))
const TRACK = box('tkhd', u32(3, 0, 0, 1, 0, 1, 0, 0, 0, 0), MATRIX, u32(720 << 16, 1280 << 16))
const MEDIA = [
  box('mdhd', u32(0, 0, 0, 1, 1, 0)),
  box('hdlr', u32(0, 0), Buffer.from('vide'), Buffer.alloc(13)),
]
const ENTRY = Buffer.concat([
  Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
  Buffer.alloc(16),
  Buffer.from([720 >> 8, 720 & 255, 1280 >> 8, 1280 & 255]),
  Buffer.alloc(50),
  box('avcC', Buffer.from([1, 0x42, 0xc0, 0x1e, 0xff, 0xe0, 0])),
])
const DECODING = box('stsd', u32(0, 1), box('avc1', ENTRY))
const SOURCE = box('dinf', box('dref', u32(0, 1), box('url ', u32(1))))

/** The index of one picture of this many bytes, which begins at `start` of the file. */
const indexOf = (bytes: number, start: number) => {
  const samples = [
    box('stts', u32(0, 1, 1, 1)),
    box('stsc', u32(0, 1, 1, 1, 1)),
    box('stsz', u32(0, bytes, 1)),
    box('stco', u32(0, 1, start)),
  ]
  const parts = box('minf', box('vmhd', u32(1, 0, 0)), SOURCE, box('stbl', DECODING, ...samples))
  return box('moov', MOVIE, box('trak', TRACK, box('mdia', ...MEDIA, parts)))
}

/** A file of exactly `size` bytes, at least 700, whose index comes first. */
export function bareMp4(size: number): Buffer {
  const head = HEAD.length + indexOf(0, 0).length + 8
  return Buffer.concat([HEAD, indexOf(size - head, head), box('mdat', randomBytes(size - head))])
}
