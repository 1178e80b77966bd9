/**
 * Whether a recording may be published: sound and nothing else, from the first byte to the last. Tags (names, pictures,
 * places) are cut off or blanked by `cleanAudio` before the upload; a file that still has them is refused.
 */
import { refused, type Verdict } from './verdict.ts'

const word = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

// Frames: MP3 and AAC --------------------------------------------------------------------------------------

const MPEG1_KBPS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const MPEG2_KBPS = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const HERTZ = [44_100, 48_000, 32_000]

/** The length of the MP3 frame at `at`; 0 where there is none. Layer III of MPEG 1, 2 and 2.5. */
function mp3Frame(bytes: Uint8Array, at: number): number {
  const [sync = 0, head = 0, rate = 0] = bytes.subarray(at, at + 3)
  const version = (head >> 3) & 3
  if (sync !== 0xff || (head & 0xe6) !== 0xe2 || version === 1) return 0
  const isFirst = version === 3
  const kbps = (isFirst ? MPEG1_KBPS : MPEG2_KBPS)[rate >> 4] ?? 0
  const hertz = (HERTZ[(rate >> 2) & 3] ?? 0) / (isFirst ? 1 : version === 2 ? 2 : 4)
  return kbps && hertz ? Math.floor(((isFirst ? 144_000 : 72_000) * kbps) / hertz) + ((rate >> 1) & 1) : 0
}

/** The length of the ADTS frame at `at`; 0 where there is none. */
function aacFrame(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return 0
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5)
  return length > 7 ? length : 0
}

/** Where the run of whole frames from `start` ends. */
function endOfFrames(bytes: Uint8Array, start: number, frame: typeof mp3Frame): number {
  let at = start
  for (let length = frame(bytes, at); length > 0 && at + length <= bytes.length; length = frame(bytes, at))
    at += length
  return at
}

/** The place after the ID3 tags at the beginning. */
function afterTags(bytes: Uint8Array): number {
  let at = 0
  while (word(bytes, at).startsWith('ID3') && at + 10 <= bytes.length) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 6, at + 10)
    at += 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127)
  }
  return at
}

// MP4 ------------------------------------------------------------------------------------------------------

const TOP = new Set('ftyp moov mdat free skip wide moof mfra sidx styp'.split(' '))
const CONTAINERS = new Set('moov trak mdia'.split(' '))
/** Boxes that say something about the recording and are no part of it. */
const TAGS = new Set('udta meta uuid'.split(' '))

interface Box {
  name: string
  at: number
  /** Where its content begins and ends. */
  from: number
  end: number
}

/** The boxes between two places, and those inside the containers among them; null when they do not add up. */
function boxesIn(bytes: Uint8Array, from: number, end: number): Box[] | null {
  const boxes: Box[] = []
  for (let at = from; at < end;) {
    if (at + 8 > end) return null
    const claimed = viewOf(bytes).getUint32(at)
    const isLarge = claimed === 1
    if (isLarge && (at + 16 > end || viewOf(bytes).getUint32(at + 8) !== 0)) return null
    const size = isLarge ? viewOf(bytes).getUint32(at + 12) : claimed === 0 ? end - at : claimed
    const box = { name: word(bytes, at + 4), at, from: at + (isLarge ? 16 : 8), end: at + size }
    if (size < 8 || box.from > box.end || box.end > end) return null
    const inside = CONTAINERS.has(box.name) ? boxesIn(bytes, box.from, box.end) : []
    if (!inside) return null
    boxes.push(box, ...inside)
    at = box.end
  }
  return boxes
}

/** Whether it is sound alone, without tags. */
function isPlainMp4(bytes: Uint8Array): boolean {
  const boxes = boxesIn(bytes, 0, bytes.length)
  if (!boxes || boxes[0]?.name !== 'ftyp') return false
  const handlers = boxes.filter(({ name }) => name === 'hdlr').map(({ from }) => word(bytes, from + 8))
  const tops = topOf(boxes)
  return (
    handlers.length > 0 &&
    handlers.every((handler) => handler === 'soun') &&
    tops.every(({ name }) => TOP.has(name)) &&
    !boxes.some(({ name }) => TAGS.has(name))
  )
}

/** The boxes that are in no other one. */
function topOf(boxes: readonly Box[]): Box[] {
  const tops: Box[] = []
  for (const box of boxes) if (box.at >= (tops.at(-1)?.end ?? 0)) tops.push(box)
  return tops
}

function blankTags(bytes: Uint8Array): Uint8Array {
  const clean = bytes.slice()
  for (const { name, at, from, end } of boxesIn(bytes, 0, bytes.length) ?? []) {
    if (!TAGS.has(name)) continue
    clean.set([0x66, 0x72, 0x65, 0x65], at + 4) // `free`: readers pass over it, and no offset moves
    clean.fill(0, from, end)
  }
  return clean
}

// Ogg ------------------------------------------------------------------------------------------------------

/** How the first page of Opus and of Vorbis begins. */
const HEADS = ['OpusHea', '\x01vorbis']

/** Whether it is pages from begin to end, and each stream in it is Opus or Vorbis. */
function isPlainOgg(bytes: Uint8Array): boolean {
  let at = 0
  while (at + 27 <= bytes.length && word(bytes, at) === 'OggS') {
    const parts = bytes[at + 26]!
    const from = at + 27 + parts
    const isFirst = (bytes[at + 5]! & 2) !== 0
    if (isFirst && !HEADS.includes(word(bytes, from) + word(bytes, from + 4).slice(0, 3))) return false
    at = from + bytes.subarray(at + 27, from).reduce((sum, length) => sum + length, 0)
  }
  return at === bytes.length
}

// --------------------------------------------------------------------------------------------------------------

const PLAIN: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  'audio/mpeg': (bytes) => endOfFrames(bytes, 0, mp3Frame) === bytes.length,
  'audio/aac': (bytes) => endOfFrames(bytes, 0, aacFrame) === bytes.length,
  'audio/mp4': isPlainMp4,
  'audio/ogg': isPlainOgg,
}

export const checkAudio = (bytes: Uint8Array, mime: string): Verdict =>
  PLAIN[mime]!(bytes) ? { mime, refusal: null, facts: {} } : refused('audio_broken', mime)

/** The recording without tags. What is no such recording comes back as it is, and `checkAudio` refuses it. */
export function cleanAudio(bytes: Uint8Array, mime: string): Uint8Array {
  if (mime === 'audio/mp4') return blankTags(bytes)
  if (mime !== 'audio/mpeg' && mime !== 'audio/aac') return bytes
  const start = afterTags(bytes)
  return bytes.slice(start, endOfFrames(bytes, start, mime === 'audio/aac' ? aacFrame : mp3Frame))
}
