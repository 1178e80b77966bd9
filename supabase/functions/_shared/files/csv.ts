/**
 * Tables as the app keeps them: CSV by RFC 4180 with commas, line feeds and UTF-8. What people choose is read by
 * `staff/registry/reader` and written anew in this form, so that phones need no more than this.
 */

/** The rows of a text, or null when a quote does not close or stands in the middle of a field. */
export function parseCsv(text: string): string[][] | null {
  const rows: string[][] = []
  let row: string[] = []
  const fields = /(?:"([^"]*(?:""[^"]*)*)"|([^",\n]*))(,|\n|$)/uy
  while (fields.lastIndex < text.length) {
    const found = fields.exec(text)
    if (!found) return null
    row.push(found[1]?.replaceAll('""', '"') ?? found[2]!)
    if (found[3] === ',') {
      if (fields.lastIndex === text.length) row.push('')
      else continue
    }
    rows.push(row)
    row = []
  }
  return rows
}

const fieldOf = (value: string) => (/[",\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** One line a row, each with a line feed at its end. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(fieldOf).join(',')}\n`).join('')

/** A number as tables write it: «1,234.5», «-3», «45 %», «$ 20». Null for anything else. */
export function numberIn(cell: string): number | null {
  const bare = cell.trim().replace(/^\$\s*|\s*%$/gu, '')
  return /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/u.test(bare) ? Number(bare.replaceAll(',', '')) : null
}
