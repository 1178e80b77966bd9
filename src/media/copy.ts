/** Copies a file into the phone's database without its location, device and time, and hashes what it writes. */
import { db, type MediaChunk } from '@/data/db'
import { asStorage } from '@/data/storageFault'
import { Fault } from '@/domain/fault'
import { ROW_BYTES } from './bytes'
import { readSlice, viewOf } from './chosenFile'
import { makeHasher } from './hash'
import { blank, findMarks } from './strip'

export interface CopyOptions {
  onProgress?: (copied: number, total: number) => void
  signal?: AbortSignal
}

/** One flush costs the same for one row as for four. More rows would only use more memory. */
const ROWS_A_FLUSH = 4

/** Reads the row that starts at byte `start` of the file. */
export type ReadRow = (start: number) => Promise<ArrayBuffer>

/**
 * Returns a reader of the file that blanks its location, device and time tags. Faults: `media_unreadable`, here and
 * in each read.
 */
export async function cleanReader(file: Blob): Promise<ReadRow> {
  const marks = await findMarks(viewOf(file), file.size).catch((cause: unknown) => {
    throw new Fault('media_unreadable', false, { cause })
  })
  return async (start) => {
    const data = await readSlice(file, start, start + ROW_BYTES)
    blank(data, start, marks)
    return data
  }
}

/** Marks a promise as handled, so that its rejection is no global error when nothing awaits it. */
function handled<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

/**
 * Copies the file row by row and returns the SHA-256 of what it wrote, in hex. While it hashes a row, it reads the
 * next one and writes the previous flush, so at most the rows of two flushes are in memory. Faults: those of
 * `readRow` and of the storage; an abort rejects with the signal's reason.
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
  let reading = handled(readRow(0))
  try {
    for (let end = 0; end < file.size;) {
      signal?.throwIfAborted()
      const data = await reading
      rows.push({ media_id: id, seq: end / ROW_BYTES, data })
      end += data.byteLength
      if (end < file.size) reading = handled(readRow(end))
      hasher.update(new Uint8Array(data))
      if (rows.length < ROWS_A_FLUSH && end < file.size) continue
      await flushing
      flushing = handled(flush(rows, end))
      rows = []
    }
    await flushing
  } finally {
    await flushing.catch(() => undefined) // nothing may be written after the caller has cleaned up
  }
  signal?.throwIfAborted()
  return hasher.hex()
}
