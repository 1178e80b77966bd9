/** Takes the video out of the form that another app shared (multipart/form-data, RFC 7578), where it lies: nothing is copied. */
import { viewOf } from '@/media/chosenFile'
import { readContainer } from '@/media/container'
import { sharedForm } from '@/media/sharedFile'

/** What came. `several`: it was the first of them. */
export type Shared = { file: Blob; several: boolean } | 'nothing' | 'no_video'

/** A part's headers are its name and type. */
const HEAD_BYTES = 8 * 1024
const WINDOW_BYTES = 1024 * 1024
const CR = 13

const textOf = async (blob: Blob) => new TextDecoder('latin1').decode(await blob.arrayBuffer())

const isAt = (bytes: Uint8Array, at: number, mark: Uint8Array) => {
  for (let i = 0; i < mark.length; i += 1) if (bytes[at + i] !== mark[i]) return false
  return true
}

/** The offset of the mark, which begins with CR, at or after `from`; null when the form has none. Reads a mebibyte at a time. */
async function find(form: Blob, mark: Uint8Array, from: number): Promise<number | null> {
  const read = viewOf(form)
  for (let start = from; start < form.size; start += WINDOW_BYTES) {
    const view = await read(start, Math.min(form.size, start + WINDOW_BYTES + mark.length))
    const bytes = new Uint8Array(view.buffer)
    for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1))
      if (isAt(bytes, at, mark)) return start + at
  }
  return null
}

/** The first file of a form; null when it has none, or only an empty one. */
export async function firstFile(form: Blob): Promise<{ file: Blob; several: boolean } | null> {
  const head = await textOf(form.slice(0, HEAD_BYTES))
  const boundary = head.slice(0, head.indexOf('\r\n'))
  const headers = head.slice(0, head.indexOf('\r\n\r\n'))
  if (!boundary.startsWith('--') || !/filename=/iu.test(headers)) return null
  const start = headers.length + 4
  const end = await find(form, new TextEncoder().encode(`\r\n${boundary}`), start)
  if (end === null || end === start) return null
  const after = await textOf(form.slice(end + boundary.length + 2, end + boundary.length + 4))
  const type = /content-type: *([^\r\n]+)/iu.exec(headers)?.[1] ?? ''
  return { file: form.slice(start, end, type), several: after !== '--' }
}

/** What the last share left on this phone. Never rejects. */
export async function readShared(): Promise<Shared> {
  try {
    const found = await firstFile(await sharedForm())
    if (!found) return 'nothing'
    return (await readContainer(found.file)) ? found : 'no_video'
  } catch {
    return 'nothing' // no share, or a browser without the private file system
  }
}
