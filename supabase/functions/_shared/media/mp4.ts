/** What an MP4, QuickTime or 3GP file says besides picture and sound, by a list of the boxes that these need. */
import { children, fourCharacters, outerBoxes, type Box, type Read } from './boxes.ts'
import { isCountable } from './effort.ts'
import type { Mark, Tell } from './tells.ts'

const words = (text: string) => new Set(text.split(' '))

const CONTAINERS = words('moov trak edts mdia minf dinf stbl mvex moof traf mfra tapt')
/** Boxes that players need, or that only count and point. */
const NEEDED = words(
  'ftyp styp mdat moov moof mfra sidx wide mvhd iods trak tkhd tapt clef prof enof tref edts elst mdia mdhd hdlr minf ' +
    'vmhd smhd dinf dref stbl stsd stts ctts cslg stss stps sdtp sgpd sbgp stsc stsz stz2 stco co64 mvex mehd trex ' +
    'mfhd traf tfhd tfdt trun tfra mfro',
)
/** The parts of a sample description: how to decode. */
const DECODING = words(
  'avcC hvcC vpcC av1C esds d263 damr dOps dfLa dac3 dec3 pcmC chnl chan wave sinf colr pasp clap fiel btrt gama ' +
    'SmDm CoLL mdcv clli dvcC dvvC hvcE lhvC amve',
)
const TAGS = words('udta meta uuid')
/** The head of FLAC, without the comments and pictures that may follow it in its box. */
const FLAC_HEAD_BYTES = 42
/** Where a track's samples are: in this file, which four bytes say. More is the path of another file. */
const IN_THIS_FILE_BYTES = 4
const MAX_INDEX_BYTES = 32 * 1024 * 1024
const MAX_FREE_BYTES = 1024 * 1024
const SPARE_BYTES = 8
/** The longer size of a box without content, before its program knew the content. */
const EMPTY_BOX = 16n
/** Names that the library of the phone writes: the same for everybody. */
const NEUTRAL = /^(Mediabunny(VideoHandler|SoundHandler| v[\d.]+))?\0*$/
const SPACE = 32

const isZero = (view: DataView, start: number, end: number): boolean =>
  new Uint8Array(view.buffer, view.byteOffset + start, Math.max(0, end - start)).every((byte) => byte === 0)

const textIn = (view: DataView, start: number, end: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + start, Math.max(0, end - start)))

/** A name may begin with its length. */
const isNeutral = (name: string) => NEUTRAL.test(name.charCodeAt(0) < SPACE ? name.slice(1) : name)

const whole = (tell: Tell, { at, start, end }: Box, canGo = true): Mark => ({
  tell,
  at,
  start,
  end,
  blank: canGo ? 'box' : null,
})

const field = (tell: Tell, at: number, start: number, end: number): Mark[] =>
  end > start ? [{ tell, at, start, end, blank: 'field' }] : []

/** The times of creation and change: 32 bits each, 64 in version 1. */
function timesIn(view: DataView, { at, start }: Box): Mark[] {
  const [from, to] = [start + 4, start + (view.getUint8(start) === 1 ? 20 : 12)]
  return isZero(view, from, to) ? [] : field('time', at, from, to)
}

function nameIn(view: DataView, { at, start, end }: Box): Mark[] {
  return isNeutral(textIn(view, start + 24, end)) ? [] : field('device', at, start + 24, end)
}

/** How long a sample entry is before its boxes: a picture's 78 bytes, sound's 28 and more in QuickTime. */
function entryHead(view: DataView, { start }: Box, isPicture: boolean, isQuickTime: boolean): number {
  if (isPicture) return 78
  return 28 + (isQuickTime ? ([0, 16, 36][view.getUint16(start + 8)] ?? 0) : 0)
}

const isTalkative = ({ type, start, end }: Box) => type === 'dfLa' && end - start > FLAC_HEAD_BYTES

/** The folders and the disk from which a program of the desk took the samples. */
const pathsIn = (view: DataView, { start, end }: Box): Mark[] =>
  children(view, start + 8, end).flatMap((entry) =>
    isZero(view, entry.start + IN_THIS_FILE_BYTES, entry.end)
      ? []
      : field('device', entry.at, entry.start + IN_THIS_FILE_BYTES, entry.end),
  )

/** The vendor of the coder, its name, and boxes that do not help to decode. */
function entryMarks(view: DataView, entry: Box, isPicture: boolean, isQuickTime: boolean): Mark[] {
  const { at, start, end } = entry
  const from = start + entryHead(view, entry, isPicture, isQuickTime)
  const vendor = isZero(view, start + 12, start + 16) ? [] : field('device', at, start + 12, start + 16)
  const isNamed = isPicture && !isNeutral(textIn(view, start + 42, start + 74))
  return [
    ...vendor,
    ...(isNamed ? field('device', at, start + 42, start + 74) : []),
    ...children(view, from, end).flatMap((box) =>
      DECODING.has(box.type) && !isTalkative(box) ? [] : [whole('hidden', box, false)],
    ),
  ]
}

/** The handler of a track, like `vide` and `soun`. */
function handlerOf(view: DataView, track: Box): string {
  const inside = (parent: Box | undefined, type: string) =>
    parent && children(view, parent.start, parent.end).find((box) => box.type === type)
  const hdlr = inside(inside(track, 'mdia'), 'hdlr')
  return hdlr ? fourCharacters(view, hdlr.start + 8) : ''
}

interface Place {
  isQuickTime: boolean
  /** The handler of the track that contains the box. */
  handler: string
}

function marksOf(view: DataView, box: Box, place: Place): Mark[] {
  const { type, start, end } = box
  if (TAGS.has(type)) return [whole('tags', box)]
  if (type === 'free' || type === 'skip') return isZero(view, start, end) ? [] : [whole('hidden', box)]
  if (!NEEDED.has(type)) return [whole('hidden', box, false)]
  if (type === 'mvhd' || type === 'tkhd' || type === 'mdhd') return timesIn(view, box)
  if (type === 'hdlr') return nameIn(view, box)
  if (type === 'dref') return pathsIn(view, box)
  if (type === 'stsd')
    return children(view, start + 8, end).flatMap((entry) =>
      entryMarks(view, entry, place.handler === 'vide', place.isQuickTime),
    )
  if (type === 'stbl' && !isCountable(view, start, end)) return [whole('unreadable', box, false)]
  if (type !== 'trak') return CONTAINERS.has(type) ? marksIn(view, start, end, place) : []
  const handler = handlerOf(view, box)
  if (handler !== 'vide' && handler !== 'soun') return [whole('tracks', box)]
  return marksIn(view, start, end, { ...place, handler })
}

/** Bytes after the last box are zeros, as some programs end a list, or they count as hidden. */
function marksIn(view: DataView, from: number, to: number, place: Place): Mark[] {
  const boxes = children(view, from, to)
  const end = boxes.at(-1)?.end ?? from
  const rest = isZero(view, end, to) ? [] : field('hidden', end, end, to)
  return [...boxes.flatMap((box) => marksOf(view, box, place)), ...rest]
}

const moved = (mark: Mark, by: number): Mark => ({
  ...mark,
  at: mark.at + by,
  start: mark.start + by,
  end: mark.end + by,
})

/** The marks of a top-level box. What is long and unknown is not read: it is hidden. */
async function outerMarks(read: Read, box: Box, isQuickTime: boolean): Promise<Mark[]> {
  const { type, at, start, end } = box
  if (TAGS.has(type)) return [whole('tags', box)]
  const isFree = type === 'free' || type === 'skip'
  if (!isFree && !CONTAINERS.has(type)) return NEEDED.has(type) ? [] : [whole('hidden', box, false)]
  if (end - start > (isFree ? MAX_FREE_BYTES : MAX_INDEX_BYTES)) return [whole('hidden', box, isFree)]
  const view = await read(at, end)
  const here: Box = { type, at: 0, start: start - at, end: end - at }
  return marksOf(view, here, { isQuickTime, handler: '' }).map((mark) => moved(mark, at))
}

export interface Mp4Marks {
  marks: Mark[]
  /** The bytes in which pictures and sound lie. */
  payload: number
  /** Those of them that a program kept for a longer size and did not need. */
  spare: number
}

/** Reads the index and the heads of all boxes, never pictures or sound. Rejects with RangeError on malformed boxes. */
export async function marksOfMp4(read: Read, size: number): Promise<Mp4Marks> {
  const boxes = await outerBoxes(read, size)
  const first = boxes[0]
  const isQuickTime =
    first !== undefined && fourCharacters(await read(first.start, first.start + 4), 0) === 'qt  '
  const marks: Mark[] = []
  let [payload, spare] = [0, 0]
  for (const box of boxes) {
    marks.push(...(await outerMarks(read, box, isQuickTime)))
    if (box.type !== 'mdat') continue
    payload += box.end - box.start
    const head = await read(box.start, Math.min(box.end, box.start + SPARE_BYTES))
    if (head.byteLength === SPARE_BYTES && [0n, EMPTY_BOX].includes(head.getBigUint64(0)))
      spare += SPARE_BYTES
  }
  const end = boxes.at(-1)?.end ?? 0
  if (end < size) marks.push({ tell: 'hidden', at: end, start: end, end: size, blank: null })
  return { marks, payload, spare }
}
