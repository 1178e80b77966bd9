/** Reads the file of a registry, CSV or XLSX. One code for the screens and `npm run import:bodies`. */
import { readCsv } from './csv'
import type { Encoding } from './encoding'
import { type Table, UnreadableFile } from './table'

const MAX_BYTES = 5 * 1024 * 1024

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte)
/** XLSX is a ZIP archive; XLS of before 2007 is a compound file. */
const isZip = (bytes: Uint8Array) => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)
const isCompound = (bytes: Uint8Array) => startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)

/** By what the file holds, whatever its name. A spreadsheet has no `encoding`. Throws UnreadableFile. */
export async function readTable(bytes: Uint8Array, encoding?: Encoding): Promise<Table> {
  if (bytes.length > MAX_BYTES) throw new UnreadableFile('file_large')
  if (isCompound(bytes)) throw new UnreadableFile('xls_old')
  if (!isZip(bytes)) return readCsv(bytes, encoding)
  const { readXlsx } = await import('./xlsx')
  return readXlsx(bytes)
}
