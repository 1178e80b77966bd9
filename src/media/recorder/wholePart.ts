/**
 * The whole part of a recording that was interrupted: a browser hands out its bytes as they come, so the last second may end in the
 * middle of an element of WebM (RFC 8794) or of a fragment of MP4 (ISO/IEC 14496-12).
 */
import { fourCharacters } from '../../../supabase/functions/_shared/media/boxes'
import { number } from '../../../supabase/functions/_shared/media/ebml'
import { readSlice } from '../chosenFile'

const WINDOW_BYTES = 1024 * 1024
/** A header of either container. */
const HEADER_BYTES = 12

/** The header at an offset. Reads a mebibyte at a time, so that the memory does not grow with the recording. */
function headersOf(file: Blob) {
  let from = 0
  let bytes = new ArrayBuffer(0)
  return async (at: number): Promise<DataView> => {
    if (at < from || Math.min(at + HEADER_BYTES, file.size) > from + bytes.byteLength) {
      bytes = await readSlice(file, at, at + WINDOW_BYTES)
      from = at
    }
    return new DataView(bytes, at - from)
  }
}
type HeaderAt = ReturnType<typeof headersOf>

/** The end of the last whole element. Elements of unknown length hold the others, as recorders write them. */
async function wholeWebm(headerAt: HeaderAt, size: number): Promise<number> {
  let [at, whole] = [0, 0]
  while (at + HEADER_BYTES <= size) {
    const view = await headerAt(at)
    const [, idLength] = number(view, 0, true)
    const [length, sizeLength] = number(view, idLength, false)
    at += idLength + sizeLength
    if (length === Infinity) continue
    at += length
    if (at <= size) whole = at
  }
  return whole
}

/** The end of the last box that needs no other after it: a `moof` says where the sound of the next box is. */
async function wholeMp4(headerAt: HeaderAt, size: number): Promise<number> {
  let [at, whole] = [0, 0]
  while (at + 8 <= size) {
    const view = await headerAt(at)
    at += Math.max(8, view.getUint32(0))
    if (at <= size && fourCharacters(view, 4) !== 'moof') whole = at
  }
  return whole
}

async function endOfWhole(file: Blob): Promise<number> {
  if (file.size < HEADER_BYTES) return file.size
  const headerAt = headersOf(file)
  const head = await headerAt(0)
  if (head.getUint32(0) === 0x1a45dfa3) return wholeWebm(headerAt, file.size)
  return fourCharacters(head, 4) === 'ftyp' ? wholeMp4(headerAt, file.size) : file.size
}

/** The recording up to its last whole part; the same one when it is whole, or of another container. Fault `media_unreadable`. */
export const wholePart = async (file: Blob): Promise<Blob> => file.slice(0, await endOfWhole(file), file.type)
