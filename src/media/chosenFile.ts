/** Reads a file that a person chose, which another program may change or delete at any time. */
import { Fault } from '@/domain/fault'

/**
 * The bytes from `start` up to but not including `end`, or to the end of the file. Reads one slice at a time: in WebKit
 * `blob.stream()` fails on large files, and a reader can lose data. Fault `media_unreadable`.
 */
export async function readSlice(file: Blob, start: number, end: number): Promise<ArrayBuffer> {
  const data = await file
    .slice(start, end)
    .arrayBuffer()
    .catch((cause: unknown) => {
      throw new Fault('media_unreadable', false, { cause })
    })
  if (data.byteLength !== Math.max(0, Math.min(file.size, end) - start))
    throw new Fault('media_unreadable', false)
  return data
}

/** The same as a view, for what searches the file. */
export const viewOf = (file: Blob) => async (start: number, end: number) =>
  new DataView(await readSlice(file, start, end))
