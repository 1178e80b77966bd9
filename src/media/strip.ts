/**
 * Takes out of a video what it says besides picture and sound, for the person's privacy, without moving any other byte:
 * a box keeps its place and size, becomes `free` (ISO/IEC 14496-12, 8.1.2) and contains zeros; a field becomes zeros.
 */
import type { Read } from '../../supabase/functions/_shared/media/boxes'
import { fourCharacters } from '../../supabase/functions/_shared/media/boxes'
import { marksOfMp4 } from '../../supabase/functions/_shared/media/mp4'
import type { Mark } from '../../supabase/functions/_shared/media/tells'

const FREE = [...'free'].map((character) => character.charCodeAt(0))

/** What can be blanked in an MP4, QuickTime or 3GP file; nothing in another container. */
export async function findMarks(read: Read, size: number): Promise<Mark[]> {
  if (size < 8 || fourCharacters(await read(0, 8), 4) !== 'ftyp') return []
  return (await marksOfMp4(read, size)).marks.filter(({ blank }) => blank !== null)
}

/** Blanks the part of these boxes and fields that lies in `data`; `offset` is the position of `data` in the file. */
export function blank(data: ArrayBuffer, offset: number, marks: readonly Mark[]): void {
  const bytes = new Uint8Array(data)
  const put = (at: number, value: number) => {
    if (at >= offset && at < offset + bytes.length) bytes[at - offset] = value
  }
  for (const { blank: way, at, start, end } of marks) {
    if (way === 'box') FREE.forEach((value, index) => put(at + 4 + index, value))
    bytes.fill(0, Math.max(0, start - offset), Math.max(0, end - offset))
  }
}
