/** Reads the first sheet of a spreadsheet. Loaded when somebody chooses one: the libraries are large. */
import { Unzip, UnzipInflate, zipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { findMisread, type RawRow, type Table, toTable, UnreadableFile } from './table'

const MAX_UNPACKED = 40 * 1024 * 1024
const MAX_FILES = 500
/** An archive expands about a thousandfold at most, so that one piece cannot exceed 16 MB before it is counted. */
const PIECE = 16 * 1024

type Files = Record<string, Uint8Array>

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/**
 * Unpacks an archive piece by piece. Refuses declared sizes over 40 MB before reading them, and stops when what comes
 * out exceeds 40 MB whatever was declared.
 */
function unpack(bytes: Uint8Array): Files {
  const found: Record<string, Uint8Array[]> = {}
  let declared = 0
  let actual = 0
  const refuseOver = (size: number, count = 0) => {
    if (size > MAX_UNPACKED || count > MAX_FILES) throw new UnreadableFile('xlsx_bomb')
  }
  const unzip = new Unzip((file) => {
    const pieces: Uint8Array[] = (found[file.name] = [])
    declared += file.originalSize ?? 0
    refuseOver(declared, Object.keys(found).length)
    file.ondata = (error, piece) => {
      if (error) throw error
      actual += piece.length
      refuseOver(actual)
      pieces.push(piece)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < bytes.length; at += PIECE)
    unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  return Object.fromEntries(Object.entries(found).map(([name, pieces]) => [name, join(pieces)]))
}

const textOf = (cell: unknown): string => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  if (typeof cell === 'boolean') return cell ? 'sí' : 'no'
  return cell === null || cell === undefined ? '' : String(cell as string | number)
}

/** Rows that begin with `#` are notes, as in a CSV. */
const isNoNote = ({ fields }: RawRow) => !fields[0]?.startsWith('#')

/** Throws UnreadableFile. */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  try {
    // Stored, not compressed: the library would unpack a large file in a worker that our CSP forbids.
    const stored = zipSync(unpack(bytes), { level: 0 })
    const sheet = await readSheet(stored.buffer as ArrayBuffer)
    const rows = sheet
      .map((cells, at) => ({ line: at + 1, lastLine: at + 1, fields: cells.map(textOf) }))
      .filter(isNoNote)
    const controls = rows.flatMap(({ line, fields }) => findMisread(fields.join('\n'), line))
    return toTable(rows, controls, null)
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile('xlsx_broken', { cause: error })
  }
}
