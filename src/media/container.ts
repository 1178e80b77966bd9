/** What a video file says of itself, read from its own bytes: names and types that others gave it may lie. */
import type { Contents, Read, VideoMime } from './contents'
import { mimeOfBrands, readMp4 } from './mp4'
import { readWebm } from './webm'

/** Enough for the first box of an MP4, and for everything before the first picture of a WebM. */
const HEAD_BYTES = 256 * 1024

/** Type by content, with the contents; null when it is no video that may be sent. Rejects when unreadable. */
export async function readContainer(file: Blob): Promise<{ mime: VideoMime; contents: Contents } | null> {
  const read: Read = async (start, end) => new DataView(await file.slice(start, end).arrayBuffer())
  const head = await read(0, HEAD_BYTES)
  if (head.byteLength < 12) return null
  if (head.getUint32(0) === 0x1a45dfa3) {
    const contents = readWebm(head)
    return contents && { mime: 'video/webm', contents }
  }
  const mime = mimeOfBrands(head)
  return mime && { mime, contents: await readMp4(read, file.size) }
}
