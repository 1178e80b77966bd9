/** Reads a video file's type and contents from its bytes, because its name and declared type may be wrong. */
import type { Read } from '../../supabase/functions/_shared/media/boxes'
import type { Contents, VideoMime } from './contents'
import { mimeOfBrands, readMp4 } from './mp4'
import { readWebm } from './webm'

/** Bytes that contain the first box of an MP4, or everything before the first cluster of a WebM. */
const HEAD_BYTES = 256 * 1024

/** The file's type and contents; null when it is not a video of an accepted type. Rejects when it cannot be read. */
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
