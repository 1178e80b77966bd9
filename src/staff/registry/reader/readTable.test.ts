/** Reading registries: rows with their lines, for any content, encoding and separator. */
import fc from 'fast-check'
import { zipSync, strToU8, type Zippable } from 'fflate'
import { expect, test } from 'vitest'
import { matchColumns, toInputs } from './columns'
import { readTable } from './readTable'
import { tidy } from './table'

const encode: Record<string, (text: string) => Uint8Array> = {
  'UTF-8': (text) => new TextEncoder().encode(text),
  'UTF-8 with a mark': (text) => new TextEncoder().encode(`\ufeff${text}`),
  'Windows-1252': (text) => Uint8Array.from(Buffer.from(text, 'latin1')),
  'UTF-16LE': (text) => Uint8Array.from(Buffer.from(text, 'utf16le')),
  'UTF-16LE with a mark': (text) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le')),
  'UTF-16BE': (text) => Uint8Array.from(Buffer.from(text, 'utf16le').swap16()),
  'UTF-16BE with a mark': (text) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
}
const HEADER = ['nombre', 'clase', 'nota']
const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`
const SIGNS = ['a', 'e', 'ñ', 'Ó', 'ú', '"', ',', ';', '\t', '|', '\n', '\r\n', ' ', '#', '=']
const field = fc.string({ unit: fc.constantFrom(...SIGNS) })

test('reading a written CSV returns each row with its line, for every encoding, separator and line end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, field, field), { maxLength: 6 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom(...Object.keys(encode)),
      async (rows, separator, end, encoding) => {
        const written = [HEADER, ...rows].map((row) => row.map(quoted).join(separator))
        const file = `# muestra de organización, con coma${end}${written.join(end)}${end}`
        let line = 3
        const expected = rows.flatMap((row) => {
          const read = { line, fields: row.map(tidy) }
          line += row.join('').split('\n').length
          return read.fields.some((one) => one !== '') ? [read] : []
        })
        expect(await readTable(encode[encoding]!(file))).toEqual({
          text: { encoding: encoding.replace(' with a mark', ''), separator },
          header: HEADER,
          rows: expected,
          problems: [],
        })
      },
    ),
    { numRuns: 400 },
  )
})

test('reading any bytes returns a table or one known problem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, headed) => {
      const header = new TextEncoder().encode(headed ? 'nombre,clase\n' : '')
      await readTable(new Uint8Array([...header, ...bytes])).then(
        ({ rows, problems }) => {
          for (const { line } of [...rows, ...problems]) expect(line).toBeGreaterThanOrEqual(1)
        },
        (error: Error) => expect(error.name === 'Error' && error.message).toMatch(/^(file|xlsx?)_/u),
      )
    }),
    { numRuns: 500 },
  )
})

test('a control character takes out its row alone, and says which one it is', async () => {
  const file = 'nombre,clase\nUno\u0000,a\nDos,b\nTres,\u0085\n'
  const { rows, problems } = await readTable(new TextEncoder().encode(file))
  expect(rows).toEqual([{ line: 3, fields: ['Dos', 'b'] }])
  expect(problems).toEqual([
    { line: 2, code: 'control_character', detail: 'U+0000' },
    { line: 4, code: 'control_character', detail: 'U+0085' },
  ])
})

test('the vertical tab of Word and the form feed of PDF are white space', async () => {
  const file = 'nombre,clase\nOrganismo de\vPrueba,a\nDe\f dos,b\n'
  const { rows, problems } = await readTable(new TextEncoder().encode(file))
  expect(problems).toEqual([])
  expect(rows.map(({ fields }) => fields[0])).toEqual(['Organismo de Prueba', 'De dos'])
})

test.each([
  [
    'semicolons after a byte order mark',
    '\ufeffnombre;siglas;clase;municipio;activo\nOrganismo de Prueba Uno;OPU;poder_ejecutivo;;sí\n',
    ['Organismo de Prueba Uno', 'OPU', 'poder_ejecutivo', '', 'sí'],
  ],
  [
    'a quoted name on two lines, with quotes and a comma inside',
    'nombre,siglas,clase,municipio,activo\r\n"Instituto de\r\nPrueba ""El Roble"", S.C.",IPR,poder_ejecutivo,,sí\r\n',
    ['Instituto de Prueba "El Roble", S.C.', 'IPR', 'poder_ejecutivo', '', 'sí'],
  ],
  [
    'a NUL in a name',
    'nombre,siglas,clase,municipio,activo\nOrganismo de\u0000 Diez,OP10,poder_ejecutivo,,sí\n',
    null,
  ],
  [
    'a vertical tab in a name',
    'nombre,siglas,clase,municipio,activo\nOrganismo de\v Prueba Once,OP11,poder_ejecutivo,,sí\n',
    ['Organismo de Prueba Once', 'OP11', 'poder_ejecutivo', '', 'sí'],
  ],
])('a file with %s gives its row or says the line', async (_, file, fields) => {
  const { header, rows, problems } = await readTable(new TextEncoder().encode(file))
  expect(header).toEqual(['nombre', 'siglas', 'clase', 'municipio', 'activo'])
  expect(rows).toEqual(fields ? [{ line: 2, fields }] : [])
  expect(problems).toEqual(fields ? [] : [{ line: 2, code: 'control_character', detail: 'U+0000' }])
})

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const utf8 = (text: string) => new TextEncoder().encode(text)
test.each<[string, Uint8Array, string, number[]]>([
  ['UTF-8 that ends inside of a letter', utf8('nombre,clase\nOrganización,a\nÓ').slice(0, -1), 'UTF-8', [3]],
  [
    'a UTF-8 mark above Windows-1252',
    new Uint8Array([0xef, 0xbb, 0xbf, ...latin1('nombre,clase\nUno,a\nMéxico,b')]),
    'UTF-8',
    [3],
  ],
  [
    'UTF-8 joined with a line of Windows-1252',
    new Uint8Array([...utf8('nombre,clase\nÁrea única,a\nÓrgano técnico,b\n'), ...latin1('Región,c\n')]),
    'UTF-8',
    [4],
  ],
  [
    'UTF-8 that was read as Windows-1252 and saved',
    utf8('nombre,clase\nUno,a\nOrganizaciÃ³n,b'),
    'UTF-8',
    [3],
  ],
  ['Windows-1252', latin1('nombre,clase\nOrganización México,a\n'), 'Windows-1252', []],
])('%s is read strictly: its bad lines are told', async (_, bytes, encoding, lines) => {
  const { text, problems } = await readTable(bytes)
  expect(text!.encoding).toBe(encoding)
  expect(problems).toEqual(lines.map((line) => ({ line, code: 'wrong_encoding' })))
})

test('a chosen encoding that the bytes are not in is told by line', async () => {
  const { problems } = await readTable(latin1('nombre,clase\nUno,a\nMéxico,b\n'), 'UTF-8')
  expect(problems).toEqual([{ line: 3, code: 'wrong_encoding' }])
})

test.each([
  ['sep=;\nnombre;clase\nA, B;a\n', ';'],
  ['SEP=\t\r\nnombre\tclase\r\nA, B\ta\r\n', '\t'],
  ['"sep=|"\nnombre|clase\nA, B|a\n', '|'],
])('%j says its separator, and its rows keep their lines', async (file, separator) => {
  const table = await readTable(utf8(file))
  expect(table).toMatchObject({ text: { separator }, header: ['nombre', 'clase'], problems: [] })
  expect(table.rows).toEqual([{ line: 3, fields: ['A, B', 'a'] }])
})

test.each([
  [['NOMBRE DEL SUJETO OBLIGADO', 'Tipo', 'Cve. Mun.'], { name: 0, class: 1, municipality: 2 }],
  [['Clave', 'Institución', 'Clasificación', 'Siglas'], { name: 1, class: 2, acronym: 3 }],
  [['nombre', 'clase', 'Dominios de correo', '¿Vigente?'], { name: 0, class: 1, domains: 2, active: 3 }],
])('the columns %j are matched by name', (header, expected) => {
  const none = { name: null, acronym: null, class: null, municipality: null, active: null, domains: null }
  expect(matchColumns(header)).toEqual({ ...none, ...expected })
})

test('a field without a column is absent, and the apostrophe of an exported file is taken off', async () => {
  const table = await readTable(new TextEncoder().encode("clase;nombre\nsindicato;'=A\n"))
  expect(toInputs(table, matchColumns(table.header))).toEqual([{ line: 2, name: '=A', class: 'sindicato' }])
})

/** The smallest workbook that spreadsheets open. */
function workbook(rows: string[][], more: Zippable = {}): Uint8Array {
  const cell = (text: string, column: number, line: number) =>
    `<c r="${'ABC'[column]}${line}" t="inlineStr"><is><t>${text}</t></is></c>`
  const sheet = rows
    .map(
      (row, at) =>
        `<row r="${at + 1}">${row.map((text, column) => cell(text, column, at + 1)).join('')}</row>`,
    )
    .join('')
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`,
    ),
    ...more,
  })
}

test('the first sheet of a workbook is read, with a note and an empty row above the header', async () => {
  const rows = [['# muestra'], [''], ['nombre', 'clase'], ['Instituto de Salud', 'poder_ejecutivo']]
  expect(await readTable(workbook(rows))).toEqual({
    text: null,
    header: ['nombre', 'clase'],
    rows: [{ line: 4, fields: ['Instituto de Salud', 'poder_ejecutivo'] }],
    problems: [],
  })
})

test('a workbook of 3,000 rows, which unpacks to megabytes, is read', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => [`Institución ${at} ${Math.random()}`, 'sindicato'])
  const { rows: read } = await readTable(workbook([['nombre', 'clase'], ...rows]))
  expect(read).toHaveLength(3000)
})

const zeros = new Uint8Array(41 * 1024 * 1024)
/** Makes an archive lie: its declared sizes become 1. */
function understate(archive: Uint8Array): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  for (let at = 0; at + 30 < archive.length; at += 1) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 1, true)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1, true)
  }
  return archive
}

test.each([
  ['declares 41 MB', () => workbook([['nombre']], { 'xl/media/a.bin': zeros }), 'xlsx_bomb'],
  [
    'declares a byte and unpacks to 41 MB',
    () => understate(workbook([['nombre']], { 'xl/media/a.bin': zeros })),
    'xlsx_bomb',
  ],
  [
    'has 501 files',
    () =>
      workbook(
        [['nombre']],
        Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`a${at}`, zeros.subarray(0, 1)])),
      ),
    'xlsx_bomb',
  ],
  ['is cut in half', () => workbook([['nombre']]).subarray(0, 300), 'xlsx_broken'],
  ['holds no workbook', () => zipSync({ 'a.txt': strToU8('a') }), 'xlsx_broken'],
  ['is of before 2007', () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'xls_old'],
  ['is larger than 5 MB', () => new Uint8Array(5 * 1024 * 1024 + 1), 'file_large'],
  ['is empty', () => new Uint8Array(), 'file_empty'],
])('a file that %s is refused', async (_, make, code) => {
  await expect(readTable(make())).rejects.toMatchObject({ code })
})
