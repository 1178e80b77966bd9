/**
 * The whole part of a recording that was interrupted: a browser hands out its bytes as they come, so the last second may end in the
 * middle of an element of WebM (RFC 8794) or of a fragment of MP4 (ISO/IEC 14496-12).
 */
import { fourCharacters } from '../../../supabase/functions/_shared/media/boxes'
import { number } from '../../../supabase/functions/_shared/media/ebml'

/** The end of the last whole element. Elements of unknown length hold the others, as recorders write them. */
function wholeWebm(view: DataView): number {
  let [at, whole] = [0, 0]
  while (at + 12 <= view.byteLength) {
    const [, idLength] = number(view, at, true)
    const [length, sizeLength] = number(view, at + idLength, false)
    at += idLength + sizeLength
    if (length === Infinity) continue
    at += length
    if (at <= view.byteLength) whole = at
  }
  return whole
}

/** The end of the last box that needs no other after it: a `moof` says where the sound of the next box is. */
function wholeMp4(view: DataView): number {
  let [at, whole] = [0, 0]
  while (at + 8 <= view.byteLength) {
    const type = fourCharacters(view, at + 4)
    at += Math.max(8, view.getUint32(at))
    if (at <= view.byteLength && type !== 'moof') whole = at
  }
  return whole
}

function endOfWhole(view: DataView): number {
  if (view.byteLength < 12) return view.byteLength
  if (view.getUint32(0) === 0x1a45dfa3) return wholeWebm(view)
  return fourCharacters(view, 4) === 'ftyp' ? wholeMp4(view) : view.byteLength
}

/** The recording up to its last whole part; the same one when it is whole, or of another container. */
export async function wholePart(file: Blob): Promise<Blob> {
  return file.slice(0, endOfWhole(new DataView(await file.arrayBuffer())), file.type)
}
