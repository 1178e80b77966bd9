/** A table of figures as a page shows it: its rows, and a chart of the first column of numbers. */
import { numberIn, parseCsv } from '../../../supabase/functions/_shared/files/csv'

export interface Table {
  header: string[]
  rows: string[][]
}

export interface Chart {
  label: string
  column: string
  points: { label: string; value: number; text: string }[]
  /** Years and months go in order, so a line joins them; anything else is bars. */
  isLine: boolean
  min: Chart['points'][number]
  max: Chart['points'][number]
  /** Whether the table has rows that the chart leaves out. */
  isCut: boolean
}

const MOST_BARS = 12
const MOST_POINTS = 120

/** The table in a file, or null when it is none. */
export function tableOf(text: string): Table | null {
  const [header, ...rows] = parseCsv(text) ?? []
  return header && rows.length > 0 ? { header, rows } : null
}

/** Whether every cell of a column that says anything is a number, and at least two do. */
function isNumeric(rows: string[][], at: number): boolean {
  const cells = rows.map((row) => row[at] ?? '').filter((cell) => cell.trim() !== '')
  return cells.length > 1 && cells.every((cell) => numberIn(cell) !== null)
}

const isTime = (label: string) => /^(?:19|20)\d{2}(?:-\d{2}(?:-\d{2})?)?$/u.test(label.trim())

/** The chart of the first column of numbers behind the first column, by which it is told; null without one. */
export function chartOf({ header, rows }: Table): Chart | null {
  const at = header.findIndex((_, place) => place > 0 && isNumeric(rows, place))
  if (at < 0) return null
  const all = rows.flatMap((row) => {
    const value = numberIn(row[at] ?? '')
    return value === null ? [] : [{ label: row[0]!, value, text: row[at]!.trim() }]
  })
  const isLine = all.length > 2 && all.every(({ label }) => isTime(label))
  const points = all.slice(0, isLine ? MOST_POINTS : MOST_BARS)
  const byValue = [...points].sort((a, b) => a.value - b.value)
  return {
    label: header[0]!,
    column: header[at]!,
    points,
    isLine,
    min: byValue[0]!,
    max: byValue.at(-1)!,
    isCut: points.length < all.length,
  }
}

/** Where a value stands between the smallest and the largest, zero among them: from 0 to 1. */
export function scaleOf({ min, max }: Chart): (value: number) => number {
  const low = Math.min(0, min.value)
  const span = Math.max(0, max.value) - low || 1
  return (value) => (value - low) / span
}
