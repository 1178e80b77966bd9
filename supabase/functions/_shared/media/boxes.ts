/** Finds the boxes of ISO base media files (MP4, QuickTime, 3GP; ISO/IEC 14496-12, 4.2). Shared with the phone. */

/** Reads the bytes from `start` up to, but not including, `end` or the file's end. */
export type Read = (start: number, end: number) => Promise<DataView<ArrayBuffer>>

/** The four-character code at an offset, like `moov`. */
export const fourCharacters = (view: DataView, at: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4))

/** Offsets count from the beginning of what was read: the file, or a view of it. */
export interface Box {
  type: string
  at: number // of the header
  start: number // of the content
  end: number
}

const MAX_BOXES = 1_000

/** The box whose header begins at `at` of `view`; `base` is the offset of `view` in the file. Null: not a box. */
function boxAt(view: DataView, at: number, base: number, limit: number): Box | null {
  if (at + 8 > view.byteLength) return null
  const size = view.getUint32(at)
  const isLong = size === 1
  if (isLong && at + 16 > view.byteLength) return null
  const length = isLong ? Number(view.getBigUint64(at + 8)) : size === 0 ? limit - base - at : size
  const header = isLong ? 16 : 8
  if (length < header) return null
  const start = base + at + header
  return {
    type: fourCharacters(view, at + 4),
    at: base + at,
    start,
    end: Math.min(limit, base + at + length),
  }
}

/** The top-level boxes in order, up to the first one that is malformed. */
export async function outerBoxes(read: Read, size: number): Promise<Box[]> {
  const boxes: Box[] = []
  for (let at = 0; boxes.length < MAX_BOXES && at < size;) {
    const box = boxAt(await read(at, at + 16), 0, at, size)
    if (!box) break
    boxes.push(box)
    at = box.end
  }
  return boxes
}

/** The boxes between two offsets of `view`, up to the first one that is malformed. */
export function children(view: DataView, from = 0, to = view.byteLength): Box[] {
  const boxes: Box[] = []
  for (let at = from; at < to;) {
    const box = boxAt(view, at, 0, to)
    if (!box) break
    boxes.push(box)
    at = box.end
  }
  return boxes
}
