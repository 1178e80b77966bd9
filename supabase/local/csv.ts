/** Reads the rows of a CSV file (RFC 4180) and knows the line of each. Pure: no file access, no Node API. */
import { CsvError, parse } from 'csv-parse/browser/esm/sync'

export interface CsvRow {
  /** The line of the file on which the row begins, from 1. */
  line: number
  /** Trimmed; a run of spaces, tabs and line breaks inside counts as one space. */
  fields: string[]
}

/** Why a line cannot be imported, in Spanish. */
export interface CsvProblem {
  line: number
  words: string
}

interface CsvContent {
  rows: CsvRow[]
  problems: CsvProblem[]
}

const DELIMITERS = [',', ';', '\t']
/** Every control character but tab and line feed. Postgres cannot store NUL, and no text needs the others. */
// oxlint-disable-next-line no-control-regex -- control characters are what it finds
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u

/** For comparing what people type: lower case, without accents and outer spaces. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()

/**
 * Reads a file as spreadsheets save it: UTF-8 with or without BOM; commas, semicolons or tabs between fields.
 * Its first row must be the given columns, whatever their case and accents. Skips empty rows and lines that
 * begin with `#`. Answers the rows below the header, and one problem for each line that cannot be read; rows
 * after a misplaced quote are missing, because nobody knows where they begin.
 */
export function readCsv(bytes: Uint8Array, columns: string[]): CsvContent {
  const foreign = findForeignBytes(bytes)
  if (foreign) return { rows: [], problems: [foreign] }
  const text = new TextDecoder().decode(bytes).replace(/\r\n?/gu, '\n')
  const controls = findControls(text)
  if (controls.length > 0) return { rows: [], problems: controls }
  const isHeader = (row: CsvRow | undefined) =>
    row?.fields.length === columns.length && columns.every((name, at) => name === folded(row.fields[at]!))
  const delimiter = DELIMITERS.find((one) => isHeader(parseRows(text, one, 1).rows[0]))
  if (delimiter === undefined) return { rows: [], problems: [wrongHeader(text, columns)] }
  const { rows, problems } = parseRows(text, delimiter)
  return { rows: rows.slice(1), problems }
}

/** The first line that is not UTF-8: Excel's plain «CSV» is not, where the system's language is Spanish. */
function findForeignBytes(bytes: Uint8Array): CsvProblem | null {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start) + 1 || bytes.length
    try {
      decoder.decode(bytes.subarray(start, end))
    } catch {
      return { line, words: 'el texto no está en UTF-8. Guarde el archivo como «CSV UTF-8».' }
    }
    start = end
  }
  return null
}

const findControls = (text: string): CsvProblem[] =>
  text.split('\n').flatMap((content, index) => {
    const [found] = CONTROL.exec(content) ?? []
    if (found === undefined) return []
    const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return [{ line: index + 1, words: `tiene un carácter de control (U+${code}). Bórrelo.` }]
  })

const wrongHeader = (text: string, columns: string[]): CsvProblem => ({
  line: firstRowLine(text, 0) ?? 1,
  words: `los encabezados deben ser ${columns.join(',')}.`,
})

/** The line of the first row below `after`, or null when there is none. */
function firstRowLine(text: string, after: number): number | null {
  const index = text
    .split('\n')
    .findIndex((content, at) => at >= after && content.trim() !== '' && !content.startsWith('#'))
  return index === -1 ? null : index + 1
}

interface ParsedRow {
  record: string[]
  info: { lines: number }
}

/** At most `limit` rows of the text, the header among them. */
function parseRows(text: string, delimiter: string, limit = -1): CsvContent {
  const rows: CsvRow[] = []
  let lastLine = 0
  const keep = ({ record, info }: ParsedRow) => {
    const breaks = record.join('').split('\n').length - 1
    const fields = record.map((field) => field.replace(/\s+/gu, ' ').trim())
    if (fields.some((field) => field !== '')) rows.push({ line: info.lines - breaks, fields })
    lastLine = info.lines
    return null // csv-parse collects nothing: `rows` does
  }
  try {
    parse(text, { ...FORMAT, delimiter, to: limit, on_record: keep as never })
    return { rows, problems: [] }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const words = QUOTES[error.code] ?? `no se puede leer (${error.code}).`
    return { rows, problems: [{ line: firstRowLine(text, lastLine) ?? 1, words }] }
  }
}

const FORMAT = {
  comment: '#',
  comment_no_infix: true,
  info: true,
  ltrim: true,
  rtrim: true,
  record_delimiter: '\n',
  relax_column_count: true,
  skip_empty_lines: true,
}

const MISPLACED =
  'tiene comillas fuera de lugar. Ponga toda la columna entre comillas y duplique las de adentro.'

const QUOTES: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'abre comillas y no las cierra.',
  INVALID_OPENING_QUOTE: MISPLACED,
  CSV_INVALID_CLOSING_QUOTE: MISPLACED,
}
