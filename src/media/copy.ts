/** The way of a file's bytes into the phone's database: read without the place it was filmed at, hashed, flushed. */
import { db, type MediaChunk } from '@/data/db'
import { asStorage } from '@/data/storageFault'
import { Fault } from '@/domain/fault'
import { ROW_BYTES } from './bytes'
import { makeHasher } from './hash'
import { blankTags, findTags } from './strip'

export interface CopyOptions {
  onProgress?: (copied: number, total: number) => void
  signal?: AbortSignal
}

/** A flush costs the same for one row as for four; more would only cost memory. */
const ROWS_A_FLUSH = 4

/** `blob.stream()` breaks on large files in WebKit, and a reader there loses slices: slice, then read. */
async function readSlice(file: Blob, start: number): Promise<ArrayBuffer> {
  const end = Math.min(file.size, start + ROW_BYTES)
  const data = await file
    .slice(start, end)
    .arrayBuffer()
    .catch((cause: unknown) => {
      throw new Fault('media_unreadable', false, { cause })
    })
  if (data.byteLength !== end - start) throw new Fault('media_unreadable', false)
  return data
}

export type ReadRow = (start: number) => Promise<ArrayBuffer>

/** The file without what tells where and with what it was filmed, from any place of it on. */
export async function cleanReader(file: Blob): Promise<ReadRow> {
  const read = async (start: number, end: number) => new DataView(await file.slice(start, end).arrayBuffer())
  const tags = await findTags(read, file.size).catch((cause: unknown) => {
    throw new Fault('media_unreadable', false, { cause })
  })
  return async (start) => {
    const data = await readSlice(file, start)
    blankTags(data, start, tags)
    return data
  }
}

/** A promise that may be left behind: what it throws is told where it is awaited, or to nobody. */
function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

/**
 * Copies row by row, some in one flush. While a row is hashed the next is read, and the flush before is on its
 * way: at most two flushes' rows are in memory. Returns the hash of what was written.
 */
export async function copyRows(
  id: string,
  file: Blob,
  readRow: ReadRow,
  { onProgress, signal }: CopyOptions,
): Promise<string> {
  const flush = (full: MediaChunk[], copied: number) =>
    asStorage(() => db.mediaChunks.bulkAdd(full)).then(() => onProgress?.(copied, file.size))
  const hasher = makeHasher()
  let flushing: Promise<unknown> = Promise.resolve()
  let rows: MediaChunk[] = []
  let reading = begun(readRow(0))
  try {
    for (let end = 0; end < file.size;) {
      signal?.throwIfAborted()
      const data = await reading
      rows.push({ media_id: id, seq: end / ROW_BYTES, data })
      end += data.byteLength
      if (end < file.size) reading = begun(readRow(end))
      hasher.update(new Uint8Array(data))
      if (rows.length < ROWS_A_FLUSH && end < file.size) continue
      await flushing
      flushing = begun(flush(rows, end))
      rows = []
    }
    await flushing
  } finally {
    await flushing.catch(() => undefined) // nothing is written after the caller has cleaned up
  }
  signal?.throwIfAborted()
  return hasher.hex()
}
