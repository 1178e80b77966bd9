/** Reading CSV files: rows with their line numbers, for any content of the fields. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from '../../supabase/local/csv'

const COLUMNS = ['nombre', 'nota']
const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`
const fields = fc.tuple(
  fc.string({ unit: fc.constantFrom('a', 'ñ', '"', ',', ';', '\t', '\n', '\r\n', ' ', '#', '=') }),
  fc.string({ unit: fc.constantFrom('b', '"', ',', ';', '\n', ' ') }),
)
const tidy = (field: string) => field.replace(/\s+/gu, ' ').trim()

test('reading a written CSV returns each row with its line, for every separator and line end', () => {
  fc.assert(
    fc.property(
      fc.array(fields, { maxLength: 6 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      (rows, separator, end, mark) => {
        const written = [COLUMNS, ...rows].map((row) => row.map(quoted).join(separator))
        const file = `${mark ? '\ufeff' : ''}# nota, con coma${end}${written.join(end)}${end}`
        let line = 3
        const expected = rows.flatMap((row) => {
          const read = { line, fields: row.map(tidy) }
          line += row.join('').split('\n').length
          return read.fields.some((field) => field !== '') ? [read] : []
        })
        expect(readCsv(new TextEncoder().encode(file), COLUMNS)).toEqual({ rows: expected, problems: [] })
      },
    ),
    { numRuns: 300 },
  )
})

test('reading any bytes returns rows or problems and never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, headed) => {
      const header = new TextEncoder().encode(headed ? 'nombre,nota\n' : '')
      const { rows, problems } = readCsv(new Uint8Array([...header, ...bytes]), COLUMNS)
      expect(rows.length + problems.length).toBeGreaterThanOrEqual(headed ? 0 : 1)
      for (const { line } of [...rows, ...problems]) expect(line).toBeGreaterThanOrEqual(1)
    }),
    { numRuns: 500 },
  )
})
