/** Small files of each kind, made by hand so that each test says what is in them. */
import { zlibSync } from 'fflate'

/** One byte a character. */
export const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0))

export function join(...pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0)
  return whole
}

/** Bytes that look random and are the same each time. */
export function noise(length: number): Uint8Array<ArrayBuffer> {
  let state = 7
  return Uint8Array.from({ length }, () => (state = (state * 1_103_515_245 + 12_345) >>> 0) >>> 16)
}

export const uint32 = (value: number, isLittle = false) => {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, value, isLittle)
  return new Uint8Array(view.buffer)
}
const uint16 = (value: number) => Uint8Array.of(value >> 8, value & 255)

/** `objects` stand as they are; `stream` is the bytes of one more. */
export const pdf = ({
  objects = '',
  stream = new Uint8Array(),
}: { objects?: string; stream?: Uint8Array } = {}) =>
  join(
    bytes(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n${objects}\nendobj\n`),
    bytes(`3 0 obj\n<< /Length ${stream.length} >>\nstream\n`),
    stream,
    bytes('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n'),
  )

/** A part of a PNG. Its check sum is zero: no check reads it. */
export const chunk = (name: string, data: Uint8Array) =>
  join(uint32(data.length), bytes(name), data, new Uint8Array(4))

/** 8 bits of grey a pixel; each row begins with its filter. */
export const png = ({ width = 3, height = 2, extra = new Uint8Array(), pixels = new Uint8Array(8) } = {}) =>
  join(
    bytes('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', join(uint32(width), uint32(height), Uint8Array.of(8, 0, 0, 0, 0))),
    extra,
    chunk('IDAT', zlibSync(pixels)),
    chunk('IEND', new Uint8Array()),
  )

export const segment = (marker: number, text: string) =>
  join(Uint8Array.of(0xff, marker), uint16(text.length + 2), bytes(text))

export const jpeg = ({ extra = new Uint8Array() } = {}) =>
  join(
    bytes('\xff\xd8'),
    segment(0xe0, 'JFIF\0'),
    extra,
    segment(0xc0, '\x08\x01\xe0\x02\x80\x01\x01\x11\0'),
    segment(0xda, '\x01\x01\0\0\x3f\0'),
    bytes('\x12\xff\0\x34\xff\xd0\x56\xff\xd9'),
  )

export const riff = (name: string, data: Uint8Array) =>
  join(bytes(name), uint32(data.length, true), data, new Uint8Array(data.length % 2))

export function webp({ extra = new Uint8Array() } = {}) {
  const size = Uint8Array.of(320 & 255, 320 >> 8, 200, 0)
  const picture = riff('VP8 ', join(bytes('\x10\0\0\x9d\x01\x2a'), size, new Uint8Array(20)))
  const parts = join(bytes('WEBP'), picture, extra)
  return join(bytes('RIFF'), uint32(parts.length, true), parts)
}

/** Three frames of 128 kbit/s at 44.1 kHz. */
export const mp3 = () => {
  const frame = join(Uint8Array.of(0xff, 0xfb, 0x90, 0x00), new Uint8Array(413))
  return join(frame, frame, frame)
}

export const id3 = (text: string) =>
  join(bytes('ID3\x04\0\0'), Uint8Array.of(0, 0, 0, text.length), bytes(text))

export const aac = () => {
  const length = 40
  const head = Uint8Array.of(
    0xff,
    0xf1,
    0x50,
    0x80 | (length >> 11),
    (length >> 3) & 255,
    (length & 7) << 5,
    0,
  )
  const frame = join(head, new Uint8Array(length - head.length))
  return join(frame, frame)
}

const box = (name: string, ...content: Uint8Array[]) => {
  const whole = join(...content)
  return join(uint32(whole.length + 8), bytes(name), whole)
}

export const m4a = ({ handlers = ['soun'] } = {}) =>
  join(
    box('ftyp', bytes('M4A \0\0\0\0M4A mp42')),
    box(
      'moov',
      box('mvhd', new Uint8Array(100)),
      ...handlers.map((name) =>
        box('trak', box('mdia', box('hdlr', new Uint8Array(8), bytes(name), new Uint8Array(12)))),
      ),
    ),
    box('mdat', new Uint8Array(64)),
  )

/** The check sum of Ogg: a polynomial, bit by bit. */
function sumOf(whole: Uint8Array): number {
  let sum = 0
  for (const byte of whole) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? 0x04c11db7 : 0)
  }
  return sum >>> 0
}

function page(flags: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = Uint8Array.of(flags, ...new Uint8Array(20), 1, content.length)
  const whole = join(bytes('OggS\0'), head, content)
  whole.set(uint32(sumOf(whole), true), 22)
  return whole
}

/** Three pages of a packet each. */
export const ogg = ({ head = 'OpusHead\x01\x02', comments = '\0\0\0\0\0\0\0\0' } = {}) =>
  join(
    page(2, join(bytes(head), new Uint8Array(10))),
    page(0, bytes(`OpusTags${comments}`)),
    page(4, new Uint8Array(60)),
  )
