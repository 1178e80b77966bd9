/** What both kinds of file become: a header, the rows below it with their lines, and what could not be read. */
import type { Encoding } from './encoding'

export type Separator = ',' | ';' | '\t' | '|'

export interface TableRow {
  /** The line of the file, or the row of the sheet, from 1. */
  line: number
  /** Trimmed; a run of white space inside counts as one space. */
  fields: string[]
}

/** Why a row could not be read. Their words are in registryImport.json. */
export type ReadProblemCode =
  'control_character' | 'wrong_encoding' | 'quote_open' | 'quote_misplaced' | 'row_width'

export interface ReadProblem {
  line: number
  code: ReadProblemCode
  /** The control character as U+0000, or how many fields the row has. */
  detail?: string
}

export interface Table {
  /** How the file was read; null in a spreadsheet. */
  text: { encoding: Encoding; separator: Separator } | null
  header: string[]
  rows: TableRow[]
  problems: ReadProblem[]
}

/** Why a whole file cannot be read. Their words are in registryImport.json. */
export type FileProblem = 'file_large' | 'file_empty' | 'xlsx_bomb' | 'xlsx_broken' | 'xls_old'

export class UnreadableFile extends Error {
  constructor(
    readonly code: FileProblem,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}

/**
 * Control characters but white space, to which the vertical tab of Word and the form feed of PDF belong. They tell a file
 * that was read or made wrong, so a row with one is told and not mended.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it finds
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/u

/** Bytes that are no character of the encoding, and UTF-8 that was read as Windows-1252: «Ã³» for «ó». */
const UNDECODED = /\ufffd|[\u00c2\u00c3][\u00a0-\u00bf]/u

export const tidy = (field: string): string => field.replace(/\s+/gu, ' ').trim()

/** What shows that a text of this line was read wrong, as a list of one or none. */
export function findMisread(text: string, line: number): ReadProblem[] {
  if (UNDECODED.test(text)) return [{ line, code: 'wrong_encoding' }]
  const [found] = CONTROL.exec(text) ?? []
  if (found === undefined) return []
  const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return [{ line, code: 'control_character', detail: `U+${code}` }]
}

/** A row with another number of fields than the header. Empty fields at the end do not count. */
function findWidth({ line, fields }: TableRow, width: number): ReadProblem[] {
  const isWide = fields.slice(width).some((field) => field !== '')
  return fields.length < width || isWide ? [{ line, code: 'row_width', detail: String(fields.length) }] : []
}

/** A row as the file has it: untrimmed, and with its last line where a quoted field has several. */
export interface RawRow extends TableRow {
  lastLine: number
}

/**
 * Splits rows into header and rows, and takes out those that cannot be used: rows of another width, and rows in which
 * `unread` names a line. Rows without any text are skipped. Throws UnreadableFile.
 */
export function toTable(raw: RawRow[], unread: ReadProblem[], text: Table['text']): Table {
  const [first, ...rest] = raw.filter(({ fields }) => fields.some((field) => field.trim() !== ''))
  if (!first) throw new UnreadableFile('file_empty')
  const header = first.fields.map(tidy)
  const isRead = ({ line, lastLine }: RawRow) =>
    !unread.some((problem) => problem.line >= line && problem.line <= lastLine)
  const rows = rest.filter(isRead).map(({ line, fields }) => ({ line, fields: fields.map(tidy) }))
  const widths = rows.flatMap((row) => findWidth(row, header.length))
  const bad = new Set(widths.map(({ line }) => line))
  return {
    text,
    header,
    rows: rows.filter(({ line }) => !bad.has(line)),
    problems: [...widths, ...unread].sort((a, b) => a.line - b.line),
  }
}
