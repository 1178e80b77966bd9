/** Whether figures may be published: a table in the form of `csv.ts`, without formulas that a spreadsheet would run. */
import { numberIn, parseCsv } from './csv.ts'
import { refused, type Verdict } from './verdict.ts'

const MIME = 'text/csv'
export const MAX_ROWS = 2000
export const MAX_COLUMNS = 30

/** Every control character but the line feed. */
// oxlint-disable-next-line no-control-regex -- control characters are what it finds
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff]/u

/**
 * Whether a spreadsheet would take the cell, or what stands in it behind a semicolon, for a formula: many parse CSV by the
 * separator of their language. A number with a sign is none, and a sign alone is none.
 */
export const isFormula = (cell: string): boolean =>
  cell.split(';').some((part) => /^[=+\-@]./su.test(part) && numberIn(part) === null)

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** A header without empty or repeated names, and below it rows of the same width. */
function isTable([header, ...rows]: string[][]): boolean {
  return (
    header !== undefined &&
    header.length <= MAX_COLUMNS &&
    header.every((name) => name.trim() !== '') &&
    new Set(header).size === header.length &&
    rows.length > 0 &&
    rows.length <= MAX_ROWS &&
    rows.every((row) => row.length === header.length)
  )
}

export function checkFigures(bytes: Uint8Array): Verdict {
  const text = textOf(bytes)
  const rows = text === null || CONTROL.test(text) ? null : parseCsv(text)
  if (!rows || !isTable(rows)) return refused('figures_invalid', MIME)
  if (rows.flat().some(isFormula)) return refused('figures_formula', MIME)
  return { mime: MIME, refusal: null, facts: { rows: rows.length - 1, columns: rows[0]!.length } }
}
