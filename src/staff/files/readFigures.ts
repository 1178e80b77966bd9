/** Figures in whatever CSV a spreadsheet saved, as the one form that is kept (`files/csv.ts` of the functions). */
import { readCsv } from '@/staff/registry/reader/csv'
import { UnreadableFile } from '@/staff/registry/reader/table'
import { writeCsv } from '../../../supabase/functions/_shared/files/csv'
import { FileProblem } from './fileProblem'

/** Whether it can be text at all: a page or an archive is told apart from a table with a fault. */
const isText = (bytes: Uint8Array) =>
  !bytes.subarray(0, 4096).includes(0) || (bytes[0]! >= 0xfe && bytes[1]! >= 0xfe)

/** Throws FileProblem. */
export function readFigures(bytes: Uint8Array): Uint8Array {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 512))
  if (!isText(bytes) || /^\s*(?:<|%PDF|\{)/u.test(start)) throw new FileProblem('file_type')
  try {
    const { header, rows, problems } = readCsv(bytes)
    if (problems.length > 0) throw new FileProblem('figures_invalid')
    return new TextEncoder().encode(writeCsv([header, ...rows.map(({ fields }) => fields)]))
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw new FileProblem('figures_invalid', { cause })
    throw cause
  }
}
