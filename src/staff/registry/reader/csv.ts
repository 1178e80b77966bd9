/** Reads a CSV file (RFC 4180) as spreadsheets save it, and knows the line of each row. */
import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import { matchColumns } from './columns'
import { decodeText, findEncoding } from './encoding'
import { findMisread, type RawRow, type ReadProblem, type Separator, type Table, toTable } from './table'

const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|']

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

const QUOTES: Readonly<Record<string, ReadProblem['code']>> = { CSV_QUOTE_NOT_CLOSED: 'quote_open' }

interface ParsedRow {
  record: string[]
  info: { lines: number }
}

/** The line of the first row below `after`, or null when there is none. */
function firstRowLine(text: string, after: number): number | null {
  const index = text
    .split('\n')
    .findIndex((content, at) => at >= after && content.trim() !== '' && !content.startsWith('#'))
  return index === -1 ? null : index + 1
}

/** At most `limit` rows of the text, the header among them. Rows after a misplaced quote are missing. */
function parseRows(text: string, delimiter: Separator, limit = -1) {
  const rows: RawRow[] = []
  const problems: ReadProblem[] = []
  let lastLine = 0
  const keep = ({ record, info }: ParsedRow) => {
    const breaks = record.join('').split('\n').length - 1
    rows.push({ line: info.lines - breaks, lastLine: info.lines, fields: record })
    lastLine = info.lines
    return null // csv-parse collects nothing: `rows` does
  }
  try {
    parse(text, { ...FORMAT, delimiter, to: limit, on_record: keep as never })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = firstRowLine(text, lastLine) ?? 1
    problems.push({ line, code: QUOTES[error.code] ?? 'quote_misplaced' })
  }
  return { rows, problems }
}

/** The separator whose header names most of the columns, else the one that makes most of them. */
function findSeparator(text: string): Separator {
  const counted = SEPARATORS.map((separator) => {
    const header = parseRows(text, separator, 1).rows[0]?.fields ?? []
    const named = Object.values(matchColumns(header)).filter((column) => column !== null).length
    return { separator, named, width: header.length }
  })
  return counted.reduce((best, one) =>
    one.named > best.named || (one.named === best.named && one.width > best.width) ? one : best,
  ).separator
}

/** The text with the line `sep=;`, by which a spreadsheet is told the separator, as an empty one, and what it says. */
function withoutSeparatorLine(text: string): { text: string; said: Separator | undefined } {
  const [line, sign] = /^[ \t]*"?sep=(.)"?[ \t]*(?=\n|$)/iu.exec(text) ?? []
  const said = SEPARATORS.find((one) => one === sign)
  return { text: said && line !== undefined ? text.slice(line.length) : text, said }
}

/** Reads the whole file, in the encoding that it seems to have or in a chosen one. Throws UnreadableFile. */
export function readCsv(bytes: Uint8Array, encoding = findEncoding(bytes)): Table {
  const { text, said } = withoutSeparatorLine(decodeText(bytes, encoding))
  const separator = said ?? findSeparator(text)
  const { rows, problems } = parseRows(text, separator)
  // In the text itself: the parser trims some of them.
  const misread = text.split('\n').flatMap((content, at) => findMisread(content, at + 1))
  return toTable(rows, [...problems, ...misread], { encoding, separator })
}
