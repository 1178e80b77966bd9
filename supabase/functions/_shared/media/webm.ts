/** What a WebM file says besides picture and sound, by a list of the elements that these need (RFC 9559). */
import type { Read } from './boxes.ts'
import { number, unsigned } from './ebml.ts'
import type { Mark, Tell } from './tells.ts'

const ids = (text: string) => new Set(text.split(' ').map((id) => Number.parseInt(id, 16)))

const ID = {
  void: 0xec,
  app: [0x4d80, 0x5741],
  scale: 0x2ad7b1,
  duration: 0x4489,
  trackNumber: 0xd7,
  trackType: 0x83,
  timestamp: 0xe7,
  addition: 0xee,
  blocks: [0xa3, 0xa1],
}
/** Header, segment, seek head, information, tracks and their parts, clusters, groups of blocks, cues. */
const CONTAINERS = ids(
  '1a45dfa3 18538067 114d9b74 4dbb 1549a966 1654ae6b ae e0 55b0 7670 e1 1f43b675 a0 75a1 a6 1c53bb6b bb b7',
)
const NEEDED = ids(
  // the header
  '4286 42f7 42f2 42f3 4282 4287 4285 ' +
    // seek head, times
    '53ab 53ac 2ad7b1 4489 ' +
    // a track
    'd7 73c5 83 b9 88 55aa 55ab 55ac 55ae 55af 9c 6de7 6df8 22b59c 22b59d 86 63a2 56aa 56bb 23e383 55ee ' +
    // its picture and its sound
    'b0 ba 54b0 54ba 54b2 54aa 54bb 54cc 54dd 9a 53b8 53c0 55b1 55b2 55b3 55b4 55b5 55b6 55b7 55b8 55b9 55ba 55bb ' +
    '7671 7673 7674 7675 b5 78b5 9f 6264 ' +
    // clusters and cues
    'e7 a7 ab a3 a1 ee a5 9b fb 75a2 b3 f7 f1 f0 b2 5378 bf',
)
/** How to decode, pictures and sound: as long as they are. */
const OF_ANY_LENGTH = ids('63a2 a3 a1 a5')
/** The type of the file, codecs and languages. All other elements of the list are numbers. */
const NAMES = ids('4282 86 22b59c 22b59d')
const MAX_NAME_BYTES = 32
const MAX_NUMBER_BYTES = 8
/** Tags, attachments, chapters, a title, and the name of a track. */
const TAGS = ids('1254c367 1941a469 1043a770 7ba9 536e 73a4')
const FILMED_AT = 0x4461
/** The only kind of data beside a picture that is part of it. */
const TRANSPARENCY = 1
/** The programs of browsers and of our phones: the same for everybody. */
const NEUTRAL = /^(Chrome|Mediabunny v[\d.]+|Mozilla[\w.]*|QTmuxingAppLibWebM-[\d.]+)\0*$/
const MAX_ELEMENTS = 500_000
const HEAD_BYTES = 12
const MAX_TEXT_BYTES = 64 * 1024
/** How much longer than its last block a file may say that it is. */
const SLACK_MS = 2_000

interface Element {
  id: number
  at: number
  start: number
  /** Infinity when a recorder did not know it. */
  end: number
}

/** What was seen on the way. */
interface Seen {
  marks: Mark[]
  tracks: number[]
  scale: number
  durationMs: number | null
  cluster: number
  lastMs: number
}

const mark = (tell: Tell, { at, start, end }: Element, size: number): Mark => ({
  tell,
  at,
  start,
  end: Math.min(end, size),
  blank: null,
})

const textOf = (view: DataView): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset, view.byteLength))

const floatIn = (view: DataView): number => (view.byteLength === 8 ? view.getFloat64(0) : view.getFloat32(0))

/** The tell of a short element by its content; null when it says nothing. */
function tellOf(id: number, content: DataView, seen: Seen): Tell | null {
  if (id === ID.void) return /^\0*$/.test(textOf(content)) ? null : 'hidden'
  if (ID.app.includes(id)) return NEUTRAL.test(textOf(content)) ? null : 'device'
  if (content.byteLength > MAX_NUMBER_BYTES) return 'hidden'
  const value = () => unsigned(content, 0, content.byteLength)
  if (id === ID.scale) seen.scale = value()
  if (id === ID.duration) seen.durationMs = (floatIn(content) * seen.scale) / 1_000_000
  if (id === ID.timestamp) seen.cluster = value()
  if (id === ID.trackNumber) seen.tracks.push(value())
  if (id === ID.addition && value() !== TRANSPARENCY) return 'hidden'
  return id === ID.trackType && value() !== 1 && value() !== 2 ? 'tracks' : null
}

/** A block belongs to a track that the file declares. */
function readBlock(head: DataView, seen: Seen): Tell | null {
  const [track, length] = number(head, 0, false)
  seen.lastMs = Math.max(seen.lastMs, ((seen.cluster + head.getInt16(length)) * seen.scale) / 1_000_000)
  return seen.tracks.includes(track) ? null : 'hidden'
}

const READ = new Set([
  ID.void,
  ...ID.app,
  ID.scale,
  ID.duration,
  ID.timestamp,
  ID.addition,
  ID.trackNumber,
  ID.trackType,
])

/** The tell of an element by its kind and length, without its content. */
function tellOfKind({ id, start, end }: Element): Tell | null {
  if (TAGS.has(id)) return 'tags'
  if (id === FILMED_AT) return 'time'
  if (!NEEDED.has(id)) return 'hidden'
  const longest = NAMES.has(id) ? MAX_NAME_BYTES : MAX_NUMBER_BYTES
  return end - start > longest && !OF_ANY_LENGTH.has(id) ? 'hidden' : null
}

/** Notes what an element says. Answers where the next one begins. */
async function step(read: Read, element: Element, size: number, seen: Seen): Promise<number> {
  const { id, start, end } = element
  if (CONTAINERS.has(id)) {
    if (end > size && end !== Infinity) seen.marks.push(mark('truncated', element, size))
    return start
  }
  if (end > size) {
    seen.marks.push(mark('truncated', element, size))
    return size
  }
  let tell = tellOfKind(element)
  if (ID.blocks.includes(id)) tell = readBlock(await read(start, start + HEAD_BYTES), seen)
  if (READ.has(id)) tell = end - start > MAX_TEXT_BYTES ? 'hidden' : tellOf(id, await read(start, end), seen)
  if (tell) seen.marks.push(mark(tell, element, size))
  return end
}

async function elementAt(read: Read, at: number): Promise<Element> {
  const head = await read(at, at + HEAD_BYTES)
  const [id, idLength] = number(head, 0, true)
  const [length, sizeLength] = number(head, idLength, false)
  const start = at + idLength + sizeLength
  return { id, at, start, end: start + length }
}

/** Reads the heads of all elements in order. Rejects with RangeError where they cannot be read. */
export async function marksOfWebm(read: Read, size: number): Promise<Mark[]> {
  const seen: Seen = { marks: [], tracks: [], scale: 1_000_000, durationMs: null, cluster: 0, lastMs: 0 }
  let at = 0
  for (let count = 0; at < size; count += 1) {
    if (count > MAX_ELEMENTS) throw new RangeError('too many elements')
    at = await step(read, await elementAt(read, at), size, seen)
  }
  const { marks, durationMs, lastMs } = seen
  if (durationMs !== null && durationMs > lastMs + SLACK_MS)
    marks.push({ tell: 'truncated', at: size, start: size, end: size, blank: null })
  return marks
}
