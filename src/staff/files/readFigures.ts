/** Figures in whatever CSV a spreadsheet saved, as the one form that is kept (`files/csv.ts` of the functions). */
import { readCsv } from '@/staff/registry/reader/csv'
import { findEncoding } from '@/staff/registry/reader/encoding'
import { UnreadableFile } from '@/staff/registry/reader/table'
import { problemText } from '@/staff/registry/words'
import { writeCsv } from '../../../supabase/functions/_shared/files/csv'
import { FileProblem } from './fileProblem'

/** Whether it can be text at all: a page or an archive is told apart from a table with a fault. */
const isText = (bytes: Uint8Array) =>
  !bytes.subarray(0, 4096).includes(0) || findEncoding(bytes).startsWith('UTF-16')

/** Throws FileProblem. */
export function readFigures(bytes: Uint8Array): Uint8Array {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 512))
  if (!isText(bytes) || /^\s*(?:<|%PDF|\{)/u.test(start)) throw new FileProblem('file_type')
  try {
    const { header, rows, problems } = readCsv(bytes)
    const [first] = problems
    if (first) {
      const detail = `Línea ${first.line}: ${problemText(first.code, first.detail)}`
      throw new FileProblem('figures_invalid', { detail })
    }
    return new TextEncoder().encode(writeCsv([header, ...rows.map(({ fields }) => fields)]))
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw new FileProblem('figures_invalid', { cause })
    throw cause
  }
}
