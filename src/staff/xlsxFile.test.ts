/** What a spreadsheet makes of our tables: texts stay texts, and nothing in them runs. */
import { strFromU8, unzipSync } from 'fflate'
import readXlsx from 'read-excel-file/universal'
import { expect, test } from 'vitest'
import { xlsxOf } from './xlsxFile'

const EVIL = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '＝1',
  '=HYPERLINK("https://x.example")',
  '<f>1</f>',
  '"; drop',
]

const filesOf = async (blob: Blob) =>
  Object.entries(unzipSync(new Uint8Array(await blob.arrayBuffer()))).map(
    ([name, bytes]) => [name, strFromU8(bytes)] as const,
  )

test('no cell is a formula, whatever its text begins with, and numbers are numbers', async () => {
  const blob = await xlsxOf([{ name: 'Días', rows: [EVIL, ['total', 7]] }])
  const sheets = (await filesOf(blob)).filter(([name]) => /worksheets.*\.xml$/u.test(name))
  expect(sheets).toHaveLength(1)
  const [, sheet] = sheets[0]!
  expect(sheet).not.toMatch(/<f[\s>]/u)
  expect(sheet.match(/<c [^>]*t="(?:s|inlineStr)"/gu)).toHaveLength(EVIL.length + 1)
  const rows = await readXlsx(blob, { trim: false })
  expect(JSON.stringify(rows)).toContain('=HYPERLINK')
  expect(JSON.stringify(rows)).toContain('7')
})

test('each table is a sheet, whose name a spreadsheet takes', async () => {
  const blob = await xlsxOf([
    { name: 'Por día: uno/dos', rows: [['a']] },
    { name: 'x'.repeat(40), rows: [['b']] },
  ])
  const book = new Map(await filesOf(blob)).get('xl/workbook.xml')!
  expect([...book.matchAll(/<sheet [^>]*name="([^"]*)"/gu)].map(([, name]) => name)).toEqual([
    'Por día  uno dos',
    'x'.repeat(31),
  ])
})
