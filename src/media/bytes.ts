/** Reads a video's stored bytes: in ranges for the upload, as one Blob for the preview. */
import { db } from '@/data/db'
import { asStorage } from '@/data/storageFault'
import { Fault } from '@/domain/fault'

/** The bytes in each row of a video. Only the last row may hold fewer. */
export const ROW_BYTES = 1024 * 1024

/** Rows read at once for the preview, so that memory does not grow with the video. */
const ROWS_A_PIECE = 8

async function rowsOf(mediaId: string, first: number, last: number): Promise<ArrayBuffer[]> {
  const keys = Array.from({ length: last - first + 1 }, (_, i): [string, number] => [mediaId, first + i])
  const rows = await asStorage(() => db.mediaChunks.bulkGet(keys))
  return rows.map((row) => {
    if (!row) throw new Fault('media_lost', false)
    return row.data
  })
}

/** The bytes from `start` up to but not including `end`. Fault `media_lost` when a row is missing. */
export async function readRange(
  mediaId: string,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const first = Math.floor(start / ROW_BYTES)
  const rows = await rowsOf(mediaId, first, Math.floor((end - 1) / ROW_BYTES))
  const bytes = new Uint8Array(end - start)
  rows.forEach((row, index) => {
    const at = (first + index) * ROW_BYTES
    const piece = new Uint8Array(row).subarray(Math.max(0, start - at), Math.min(row.byteLength, end - at))
    bytes.set(piece, Math.max(0, at - start))
  })
  return bytes
}

/** The whole video; null when it is not on this phone. Fault `media_lost`. */
export async function readBlob(mediaId: string): Promise<Blob | null> {
  const media = await db.media.get(mediaId)
  if (!media || media.state === 'staging') return null
  const last = Math.ceil(media.bytes / ROW_BYTES) - 1
  const pieces: Blob[] = []
  for (let from = 0; from <= last; from += ROWS_A_PIECE) {
    pieces.push(new Blob(await rowsOf(mediaId, from, Math.min(last, from + ROWS_A_PIECE - 1))))
  }
  return new Blob(pieces, { type: media.mime })
}

/**
 * An object URL of this phone's copy; null when there is none. The caller revokes it (`URL.revokeObjectURL`).
 * Fault `media_lost`.
 */
export async function previewUrl(mediaId: string): Promise<string | null> {
  const blob = await readBlob(mediaId)
  return blob && URL.createObjectURL(blob)
}
