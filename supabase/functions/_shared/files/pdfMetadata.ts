/**
 * What a PDF says of itself: who made it, with which program and when (/Info, XMP), and what its photographs kept of
 * their camera and place. It is overwritten where it stands, so that no offset moves and no page changes. What a
 * document shows, its title and what says how accessible it is (PDF/A, PDF/UA) stay.
 */
import { zlibSync } from 'fflate'
import { inflate } from './inflate.ts'
import { isPlainSegment } from './jpeg.ts'
import { join } from './picture.ts'
import { type Dictionary, tokensOf } from './pdfTokens.ts'

/** New bytes for the same number of old ones. */
interface Edit {
  at: number
  bytes: Uint8Array
}

const [SPACE, ZERO, EMPTY_HEX] = [0x20, 0, 0x30]

/** What is packed, signed, or says how it is to be read. */
const FORMS = new Set(['ByteRange', 'XML', 'ObjStm', 'FlateDecode', 'Fl'])
const isAsked = (name: string): boolean => DESCRIBING.has(name) || FORMS.has(name)

// /Info ----------------------------------------------------------------------------------------------------

/** A dictionary with one of these describes the document or a part of it. Its other texts do too: programs add their own. */
const DESCRIBING = new Set(['Author', 'Creator', 'Producer', 'Keywords'])
const DATES = new Set(['CreationDate', 'ModDate', 'LastModified'])
const KEPT = new Set(['Title'])

/** Blanks the texts of dictionaries that describe. A text that is blank already needs nothing. */
function editsOfTexts(bytes: Uint8Array, dictionaries: readonly Dictionary[]): Edit[] {
  return dictionaries.flatMap(({ names, texts }) => {
    const describes = names.some((name) => DESCRIBING.has(name))
    return texts
      .filter(({ key }) => (describes && !KEPT.has(key)) || DATES.has(key))
      .map(({ isHex, from, end }) => ({
        at: from,
        bytes: new Uint8Array(Math.max(0, end - from)).fill(isHex ? EMPTY_HEX : SPACE),
      }))
      .filter((edit) => isChange(bytes, edit))
  })
}

const isChange = (bytes: Uint8Array, edit: Edit) =>
  edit.bytes.some((byte, place) => bytes[edit.at + place] !== byte)

// Streams --------------------------------------------------------------------------------------------------

const MAX_INFLATED = 16_000_000

function inflated(bytes: Uint8Array): Uint8Array | null {
  const pieces: Uint8Array[] = []
  let size = 0
  inflate(bytes, 0, bytes.length, (piece) => {
    pieces.push(piece.slice())
    size += piece.length
    return size <= MAX_INFLATED
  })
  return size > 0 && size <= MAX_INFLATED ? join(pieces) : null
}

/** The new content in the room of the old one; blanks alone where it does not fit. */
function inRoomOf(content: Uint8Array, room: number, blank: number): Uint8Array {
  const bytes = new Uint8Array(room).fill(blank)
  if (content.length <= room) bytes.set(content)
  return bytes
}

/** What of XMP is about the document's form and not about its makers. */
const FORM = /\b(pdfa|pdfua)id:(part|conformance|rev|amd|corr)(?:="([\w:.-]{1,12})"|>([\w:.-]{1,12})<)/gu

/** XMP that says nothing but the form. */
function neutralXmp(text: string): string {
  const said = [...text.matchAll(FORM)].map(([, set, name, one, two]) => ` ${set}id:${name}="${one ?? two}"`)
  const own = [...new Set(said)].join('')
  if (own === '') return ''
  const spaces = ['a', 'ua']
    .map((set) => ` xmlns:pdf${set}id="http://www.aiim.org/pdf${set}/ns/id/"`)
    .join('')
  return (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ' +
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""' +
    `${spaces}${own}/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
  )
}

const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

const isCompressed = ({ names }: Dictionary) => names.includes('FlateDecode') || names.includes('Fl')

function editsOfXmp(stream: Uint8Array, at: number, dictionary: Dictionary): Edit[] {
  const xml = isCompressed(dictionary) ? (inflated(stream) ?? new Uint8Array()) : stream
  const neutral = neutralXmp(latin(xml))
  if (latin(xml).trim() === neutral) return []
  if (!isCompressed(dictionary)) return [{ at, bytes: inRoomOf(ascii(neutral), stream.length, SPACE) }]
  return [{ at, bytes: inRoomOf(zlibSync(ascii(neutral || ' ')), stream.length, ZERO) }]
}

/** Objects that are packed together. Where blanks do not fit, they stay, and the check refuses the file. */
function editsOfObjects(stream: Uint8Array, at: number, dictionary: Dictionary): Edit[] {
  const objects = isCompressed(dictionary) ? inflated(stream) : stream.slice()
  if (!objects) return []
  const edits = editsOfTexts(objects, tokensOf(objects, isAsked)?.dictionaries ?? [])
  if (edits.length === 0) return []
  for (const edit of edits) objects.set(edit.bytes, edit.at)
  if (!isCompressed(dictionary)) return [{ at, bytes: objects }]
  const packed = zlibSync(objects, { level: 9 })
  return [
    { at, bytes: packed.length > stream.length ? stream.slice() : inRoomOf(packed, stream.length, ZERO) },
  ]
}

/** Zeros in the segments of a photograph that are no part of it. */
function editsOfPhoto(bytes: Uint8Array, start: number, end: number): Edit[] {
  const edits: Edit[] = []
  for (let at = start + 2; at + 4 <= end && bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
    const length = bytes[at + 2]! * 256 + bytes[at + 3]!
    const isProfile = bytes[at + 1] === 0xe2 && latin(bytes.subarray(at + 4, at + 8)) === 'ICC_'
    if (length >= 2 && !isProfile && !isPlainSegment(bytes, bytes[at + 1]!, at))
      edits.push({ at: at + 4, bytes: new Uint8Array(Math.min(length - 2, end - at - 4)) })
    at += 2 + length
  }
  return edits.filter((edit) => isChange(bytes, edit))
}

// --------------------------------------------------------------------------------------------------------------

interface Said {
  /** A signature holds for every byte, so that a signed document keeps what it says of its makers. */
  isSigned: boolean
  own: Edit[]
  photos: Edit[]
}

/** Null for a PDF that cannot be read. */
function saidOf(bytes: Uint8Array): Said | null {
  const tokens = tokensOf(bytes, isAsked)
  if (!tokens) return null
  const { dictionaries, streams } = tokens
  const said: Said = {
    isSigned: dictionaries.some(({ names }) => names.includes('ByteRange')),
    own: editsOfTexts(bytes, dictionaries),
    photos: [],
  }
  for (const { dictionary, from, end } of streams) {
    const stream = bytes.subarray(from, end)
    if (dictionary.names.includes('XML')) said.own.push(...editsOfXmp(stream, from, dictionary))
    else if (dictionary.names.includes('ObjStm')) said.own.push(...editsOfObjects(stream, from, dictionary))
    else if (stream[0] === 0xff && stream[1] === 0xd8) said.photos.push(...editsOfPhoto(bytes, from, end))
  }
  return said
}

/** Whether the PDF says nothing of its makers and photographs; of a signed one, of its photographs. */
export function isBarePdf(bytes: Uint8Array): boolean {
  const said = saidOf(bytes)
  return said !== null && said.photos.length === 0 && (said.isSigned || said.own.length === 0)
}

/** The PDF without what it says of its makers and photographs, as long as before. A signed one stays as it is. */
export function cleanPdf(bytes: Uint8Array): Uint8Array {
  const said = saidOf(bytes)
  if (!said || said.isSigned) return bytes
  const clean = bytes.slice()
  for (const edit of [...said.own, ...said.photos]) clean.set(edit.bytes, edit.at)
  return clean
}
