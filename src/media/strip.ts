/**
 * Removes location, device and time tags from a video, for the person's privacy. Each tag box keeps its place and
 * size, becomes `free` (ISO/IEC 14496-12, 8.1.2) and contains zeros, so no other byte moves. Picture and sound stay
 * unchanged.
 */
import { children, outerBoxes, readMoov, type Box } from './mp4'
import type { Read } from './contents'

/** `udta`: ©xyz of QuickTime and Android, `loci` of 3GPP. `meta`: Apple's keys. `uuid`: XMP and makers' own. */
const TAGS = new Set(['udta', 'meta', 'uuid'])
const FREE = [...'free'].map((character) => character.charCodeAt(0))

const tagsAmong = (boxes: Box[]): Box[] => boxes.filter(({ type }) => TAGS.has(type))

function tagsOfMoov(moov: DataView): Box[] {
  const inner = children(moov)
  const tracks = inner.filter(({ type }) => type === 'trak')
  return [...tagsAmong(inner), ...tracks.flatMap(({ start, end }) => tagsAmong(children(moov, start, end)))]
}

/** The tag boxes of an MP4, QuickTime or 3GP file; none for another container. */
export async function findTags(read: Read, size: number): Promise<Box[]> {
  const outer = await outerBoxes(read, size)
  if (outer[0]?.type !== 'ftyp') return []
  const index = outer.find(({ type }) => type === 'moov')
  const moov = index && (await readMoov(read, index))
  const inside = moov ? tagsOfMoov(moov) : []
  const shift = index?.start ?? 0
  return [
    ...tagsAmong(outer),
    ...inside.map(({ type, at, start, end }) => ({
      type,
      at: at + shift,
      start: start + shift,
      end: end + shift,
    })),
  ]
}

/** Blanks the part of these boxes that lies in `data`; `offset` is the position of `data` in the file. */
export function blankTags(data: ArrayBuffer, offset: number, tags: readonly Box[]): void {
  const bytes = new Uint8Array(data)
  const put = (at: number, value: number) => {
    if (at >= offset && at < offset + bytes.length) bytes[at - offset] = value
  }
  for (const { at, start, end } of tags) {
    FREE.forEach((value, index) => put(at + 4 + index, value))
    bytes.fill(0, Math.max(0, start - offset), Math.max(0, end - offset))
  }
}
