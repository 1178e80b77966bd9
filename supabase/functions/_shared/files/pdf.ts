/**
 * Whether a PDF may be published: nothing in it runs, opens by itself, carries other files or tells of its makers. The scan reads names in
 * the whole file and in everything compressed that can hold objects, whatever the file's own index says, so that no
 * reader finds an object that the scan did not see. A file that hides objects in another way is refused.
 *
 * It does not find faults of a reader's decoders (fonts, pictures): the app itself never renders a PDF.
 */
import { inflate } from './inflate.ts'
import { isBarePdf } from './pdfMetadata.ts'
import { nameAt } from './pdfTokens.ts'
import { refused, type Verdict } from './verdict.ts'

const MIME = 'application/pdf'
/** Actions and annotations that run, open or carry something. `/JS` is nothing without `/JavaScript` or `/Rendition`. */
const ACTIVE = new Set([
  'JavaScript',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'FileAttachment',
  'GoToE',
  'GoToR',
  'ImportData',
  'Movie',
  'Rendition',
  'RichMedia',
  'SubmitForm',
  'XFA',
])
/** Encodings that the scan does not undo, and could hide objects. Programs of today write none of them. */
const HIDING = new Set([
  'ASCII85Decode',
  'A85',
  'ASCIIHexDecode',
  'AHx',
  'LZWDecode',
  'RunLengthDecode',
  'Crypt',
])
/** All that is decompressed of one file. */
const MAX_INFLATED = 64_000_000

/** Why the names in these bytes refuse the file, or null. */
function findName(bytes: Uint8Array): string | null {
  for (let at = bytes.indexOf(0x2f); at >= 0; at = bytes.indexOf(0x2f, at + 1)) {
    const name = nameAt(bytes, at)
    if (ACTIVE.has(name)) return 'pdf_active'
    if (name === 'Encrypt') return 'pdf_encrypted'
    if (HIDING.has(name)) return 'pdf_unreadable'
  }
  return null
}

const latin = (bytes: Uint8Array) => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/** Starts as a list of objects does: with a number, perhaps after white space and comments. */
const mayHoldObjects = (piece: Uint8Array) => /^[\s\0]*[\d%+-]/u.test(latin(piece.subarray(0, 64)))
/** The same with every row behind the byte of a predictor, which this scan does not undo. */
// oxlint-disable-next-line no-control-regex -- the byte of a predictor is one
const isPredicted = (piece: Uint8Array) => /^[\0-\x04]\s*\d+\s+\d+\s/u.test(latin(piece.subarray(0, 64)))

/** Decompresses one stream and looks for names. `left`: bytes that the file may still decompress to. */
function findInStream(bytes: Uint8Array, start: number, left: number) {
  const pieces: Uint8Array[] = []
  let size = 0
  let isHidden = false
  inflate(bytes, start, bytes.length, (piece) => {
    isHidden ||= size === 0 && isPredicted(piece)
    if (isHidden || (size === 0 && !mayHoldObjects(piece))) return false
    pieces.push(piece.slice())
    size += piece.length
    isHidden = size > left
    return !isHidden
  })
  const whole = new Uint8Array(size)
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0)
  return { size, refusal: isHidden ? 'pdf_unreadable' : findName(whole) }
}

/** Looks into every compressed stream, wherever the word `stream` stands. */
function findInStreams(bytes: Uint8Array, text: string): string | null {
  let left = MAX_INFLATED
  for (const { index, 0: word } of text.matchAll(/stream\r?\n?/gu)) {
    const { size, refusal } = findInStream(bytes, index + word.length, left)
    if (refusal) return refusal
    left -= size
  }
  return null
}

/** One format and no other: a PDF from the first byte to the last, without a ZIP or a page inside. */
function isOnlyPdf(text: string): boolean {
  const end = text.lastIndexOf('%%EOF')
  return (
    /^%PDF-[12]\.\d/u.test(text) &&
    end > 0 &&
    /^[\s\0]*$/u.test(text.slice(end + 5)) &&
    !/<(?:!doctype|html|script|svg|body|iframe)/iu.test(text.slice(0, 1024)) &&
    !text.slice(-66_000).includes('PK\x05\x06')
  )
}

export function checkPdf(bytes: Uint8Array): Verdict {
  const text = latin(bytes)
  if (!isOnlyPdf(text)) return refused('pdf_unreadable', MIME)
  const refusal = findName(bytes) ?? findInStreams(bytes, text) ?? (isBarePdf(bytes) ? null : 'pdf_metadata')
  return refusal ? refused(refusal, MIME) : { mime: MIME, refusal: null, facts: {} }
}
