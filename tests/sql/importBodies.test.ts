/**
 * Importing the registry from a CSV: every invalid row is reported with its line, and a file with an invalid
 * row writes nothing.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Registry } from '@/features/jornadas/registration'
import { SUPABASE_FOLDER } from '../../supabase/local/database'
import { BadRegistry, importBodies } from '../../supabase/local/importBodies'
import { anon, callAs, createTestDatabase, type TestDatabase } from '../support/database'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

const HEADER = 'nombre,siglas,clase,municipio,activo\n'
const SAMPLE = readFileSync(path.join(SUPABASE_FOLDER, 'samples/sujetos-obligados.csv'), 'utf8')
const run = async (csv: string | Uint8Array) => {
  const client = await db.pool.connect()
  try {
    return await importBodies(client, Buffer.from(csv))
  } finally {
    client.release()
  }
}
const problemsOf = (csv: string | Uint8Array) =>
  run(csv).then(
    () => [],
    (error: BadRegistry) => error.problems,
  )
const items = async () => ((await callAs(db, anon, 'list_bodies')) as Registry).items

test('the seed contains the sample of 300 bodies of every class, labelled as a sample', async () => {
  expect(SAMPLE).toMatch(/^# .*MUESTRA/)
  const all = await items()
  expect(all).toHaveLength(300)
  expect(new Set(all.map(({ class_key }) => class_key)).size).toBe(12)
  expect(all.filter(({ class_key }) => class_key === 'ayuntamiento')).toHaveLength(125)
})

test('importing the sample again changes nothing', async () => {
  expect(await run(SAMPLE)).toEqual({ id: null, added: 0, changed: 0, retired: 0, same: 300 })
})

test('a body is identified by name and class, and importing it again updates it under the same id', async () => {
  const row = (rest: string) => `${HEADER}"Instituto, con coma y ""comillas""",${rest}\r\n`
  expect(await run(row('ICC,Poder Ejecutivo,,'))).toMatchObject({ added: 1, changed: 0, same: 0 })
  const before = (await items()).find(({ acronym }) => acronym === 'ICC')!
  expect(before).toMatchObject({ name: 'Instituto, con coma y "comillas"', municipality: null })
  expect(await run(row('ICC2,poder_ejecutivo,TOLUCA,sí'))).toMatchObject({ added: 0, changed: 1, same: 0 })
  expect((await items()).find(({ acronym }) => acronym === 'ICC2')).toEqual({
    ...before,
    acronym: 'ICC2',
    municipality: '15106',
  })
  await run(row('ICC2,poder_ejecutivo,15106,No'))
  expect((await items()).some(({ acronym }) => acronym === 'ICC2')).toBe(false)
})

describe('files from spreadsheets', () => {
  const lines = (...rows: string[]) => rows.join('\r\n')
  test.each([
    [
      'semicolons after a byte order mark',
      lines('\ufeffnombre;siglas;clase;municipio;activo', 'Uno, S.C.;OP01;poder_ejecutivo;;sí'),
      'Uno, S.C.',
    ],
    ['tabs', lines('nombre\tsiglas\tclase\tmunicipio\tactivo', 'Dos\tOP02\tpoder_ejecutivo\t\tsí'), 'Dos'],
    [
      'a quoted name on two lines, with quotes inside',
      lines(
        'nombre,siglas,clase,municipio,activo',
        '"Instituto de',
        'Prueba ""El Roble"", S.C.",OP03,poder_ejecutivo,,sí',
        '',
      ),
      'Instituto de Prueba "El Roble", S.C.',
    ],
    [
      'headers in upper case with spaces',
      lines(' NOMBRE , Siglas,Clase,"Municipio",Activo', ' Cuatro , OP04,poder_ejecutivo,,'),
      'Cuatro',
    ],
    [
      'text in Windows-1252',
      Buffer.from(lines('nombre;siglas;clase;municipio;activo', 'Organización;;sindicato;;'), 'latin1'),
      'Organización',
    ],
    [
      'text in UTF-16',
      Buffer.from(
        `\ufeff${lines('nombre;siglas;clase;municipio;activo', 'Unión Ñ;;sindicato;;')}`,
        'utf16le',
      ),
      'Unión Ñ',
    ],
    [
      'line ends of classic Mac OS',
      'nombre,siglas,clase,municipio,activo\rCinco,OP05,poder_ejecutivo,,\r',
      'Cinco',
    ],
  ] satisfies [string, string | Uint8Array, string][])('a file with %s is imported', async (_, csv, name) => {
    expect(await run(csv)).toMatchObject({ added: 1, changed: 0, same: 0 })
    expect((await items()).map((item) => item.name)).toContain(name)
  })
})

describe('invalid files', () => {
  test.each([
    ['wrong headers', 'name,class\nA,B\n', ['Falta la columna «nombre».', 'Falta la columna «clase».']],
    ['no content', '', ['El archivo está vacío. Revisa que sea el correcto.']],
    [
      'no rows',
      HEADER,
      ['El archivo no tiene instituciones debajo de los encabezados. Revisa que sea el correcto.'],
    ],
    [
      'a missing column',
      `${HEADER}A,,sindicato,\n`,
      ['Línea 2: Tiene 4 columnas, que no son las de los encabezados.'],
    ],
    ['no name', `${HEADER},,sindicato,,\n`, ['Línea 2, nombre «»: Falta el nombre.']],
    [
      'a name of 201 characters',
      `${HEADER}${'a'.repeat(201)},,sindicato,,\n`,
      [`Línea 2, nombre «${'a'.repeat(201)}»: El nombre pasa de 200 caracteres. Acórtalo.`],
    ],
    [
      'an acronym of 21 characters',
      `${HEADER}A,${'S'.repeat(21)},sindicato,,\n`,
      [`Línea 2, siglas «${'S'.repeat(21)}»: Las siglas pasan de 20 caracteres. Acórtalas.`],
    ],
    [
      'an unknown class',
      `${HEADER}A,,club,,\n`,
      ['Línea 2, clase «club»: Esa clase no existe. Corrígela, o agrégala antes en «Clases».'],
    ],
    [
      'an unknown municipality',
      `${HEADER}A,,sindicato,Puebla,\n`,
      [
        'Línea 2, municipio «Puebla»: Ese municipio no existe en el Estado de México. Escribe su nombre completo o su clave del INEGI.',
      ],
    ],
    [
      'an ayuntamiento without a municipality',
      `${HEADER}A,,ayuntamiento,,\n`,
      ['Línea 2, municipio «»: Falta el municipio: las instituciones de esta clase siempre tienen uno.'],
    ],
    [
      'a flag that is neither yes nor no',
      `${HEADER}A,,sindicato,,quizá\n`,
      ['Línea 2, activo «quizá»: La columna activo debe decir sí o no.'],
    ],
    [
      'one body twice',
      `${HEADER}A,,sindicato,,\n\nA,X,Sindicatos,,\n`,
      ['Línea 4, nombre «A»: Otro renglón dice la misma institución de la misma clase. Deja uno.'],
    ],
    [
      'a quote left open below a field of two lines',
      `${HEADER}"Dos\r\nrenglones",,sindicato,,\r\n\r\n"B,,sindicato,,\r\nC,,sindicato,,\r\n`,
      ['Línea 5: Abre comillas y no las cierra: de aquí en adelante no se leyó nada.'],
    ],
    [
      'quotes inside a field without quotes',
      `${HEADER}A,,sindicato,,\nInstituto "El Roble",,sindicato,,\n`,
      [
        'Línea 3: Tiene comillas fuera de lugar y de aquí en adelante no se leyó nada. Pon toda la columna entre comillas y duplica las de adentro.',
      ],
    ],
    [
      'NUL and other control characters',
      `# nota\n${HEADER}Diez\u0000,,sindicato,,\nA,,sindicato,,\nOnce,\u0001,sindicato,,\n`,
      [
        'Línea 3: Tiene un carácter de control (U+0000), que no se ve. Bórralo o escribe de nuevo esa parte.',
        'Línea 5: Tiene un carácter de control (U+0001), que no se ve. Bórralo o escribe de nuevo esa parte.',
      ],
    ],
    [
      'two separators in one file',
      'nombre;siglas;clase;municipio,activo\nA;;sindicato\n',
      ['Línea 2: Tiene 3 columnas, que no son las de los encabezados.'],
    ],
    [
      'a quote left open',
      `${HEADER}"A,,sindicato,,\n`,
      ['Línea 2: Abre comillas y no las cierra: de aquí en adelante no se leyó nada.'],
    ],
    [
      'several invalid rows after a comment',
      `# nota\n${HEADER}"Dos\nrenglones",,sindicato,,\nB,,club,,\nC,,sindicato,,\n,,sindicato,,\n`,
      [
        'Línea 5, clase «club»: Esa clase no existe. Corrígela, o agrégala antes en «Clases».',
        'Línea 7, nombre «»: Falta el nombre.',
      ],
    ],
  ] satisfies [string, string | Uint8Array, string[]][])(
    'a file with %s is refused and writes nothing',
    async (_, csv, problems) => {
      const before = await items()
      expect(await problemsOf(csv)).toEqual(problems)
      expect(await items()).toEqual(before)
    },
  )
})
