/** Builds small video files box by box, in the containers that phones write. */

type Bytes = number[]

export const text = (value: string): Bytes => [...value].map((character) => character.charCodeAt(0))
const u32 = (value: number): Bytes => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff)
const zeros = (count: number): Bytes => Array.from({ length: count }, () => 0)

export const box = (type: string, ...parts: Bytes[]): Bytes => {
  const content = parts.flat()
  return [...u32(content.length + 8), ...text(type), ...content]
}

export const ftyp = (main: string, ...compatible: string[]): Bytes =>
  box('ftyp', text(main), u32(0), ...compatible.map(text))

const ROTATED = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000]
const UPRIGHT = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]

interface TrackOptions {
  handler: 'vide' | 'soun'
  width?: number
  height?: number
  isRotated?: boolean
}

const track = ({ handler, width = 0, height = 0, isRotated = false }: TrackOptions): Bytes =>
  box(
    'trak',
    box('tkhd', zeros(40), (isRotated ? ROTATED : UPRIGHT).flatMap(u32), u32(width << 16), u32(height << 16)),
    box('mdia', box('hdlr', zeros(8), text(handler), zeros(12))),
  )

export interface Mp4Options {
  brand?: string
  durationMs?: number
  tracks?: TrackOptions[]
  /** Bytes of `mdat`, which stands before the index as in phones' files. */
  mdat?: number
}

const PICTURE: TrackOptions = { handler: 'vide', width: 1280, height: 720 }

export const mp4 = ({
  brand = 'isom',
  durationMs = 20_000,
  tracks = [PICTURE, { handler: 'soun' }],
  mdat = 100,
}: Mp4Options = {}): Blob => {
  const mvhd = box('mvhd', zeros(12), u32(1000), u32(durationMs), zeros(80))
  const index = box('moov', mvhd, ...tracks.map(track))
  return new Blob([new Uint8Array([...ftyp(brand), ...box('mdat', zeros(mdat)), ...index])])
}

/** An EBML element. 0x08 marks a size of five bytes. */
const element = (id: Bytes, ...parts: Bytes[]): Bytes => {
  const content = parts.flat()
  return [...id, 0x08, ...u32(content.length), ...content]
}

/** A size of eight bytes whose value bits are all ones means «unknown». */
const UNKNOWN_SIZE = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]

export interface WebmOptions {
  doctype?: string
  durationMs?: number | null
  tracks?: number[]
}

/** A WebM like those of browsers' recorders: a segment of unknown size, and by default no duration. */
export const webm = ({ doctype = 'webm', durationMs = null, tracks = [1, 2] }: WebmOptions = {}): Blob => {
  const float = new DataView(new ArrayBuffer(8))
  float.setFloat64(0, durationMs ?? 0)
  const length = durationMs === null ? [] : element([0x44, 0x89], [...new Uint8Array(float.buffer)])
  const size = element([0xe0], element([0xb0], [0x02, 0x80]), element([0xba], [0x01, 0xe0]))
  const entry = (type: number) => element([0xae], element([0x83], [type]), type === 1 ? size : [])
  return new Blob([
    new Uint8Array([
      ...element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], text(doctype))),
      0x18,
      0x53,
      0x80,
      0x67,
      ...UNKNOWN_SIZE,
      ...element([0x15, 0x49, 0xa9, 0x66], element([0x2a, 0xd7, 0xb1], [0x0f, 0x42, 0x40]), length),
      ...element([0x16, 0x54, 0xae, 0x6b], ...tracks.map(entry)),
      0x1f,
      0x43,
      0xb6,
      0x75,
      ...UNKNOWN_SIZE,
      ...zeros(50),
    ]),
  ])
}
