/** The registry from a CSV: every bad row is told with its line, and a file with one of them writes nothing. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Registry } from '@/domain/registration'
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
const run = async (csv: string) => {
  const client = await db.pool.connect()
  try {
    return await importBodies(client, csv)
  } finally {
    client.release()
  }
}
const problemsOf = (csv: string) =>
  run(csv).then(
    () => [],
    (error: BadRegistry) => error.problems,
  )
const items = async () => ((await callAs(db, anon, 'list_bodies')) as Registry).items

test('the sample is there with the seed: 300 bodies of all classes, labelled as a sample', async () => {
  expect(SAMPLE).toMatch(/^# .*MUESTRA/)
  const all = await items()
  expect(all).toHaveLength(300)
  expect(new Set(all.map(({ class_key }) => class_key)).size).toBe(12)
  expect(all.filter(({ class_key }) => class_key === 'ayuntamiento')).toHaveLength(125)
})

test('importing it again changes nothing', async () => {
  expect(await run(SAMPLE)).toEqual({ added: 0, changed: 0, unchanged: 300 })
})

test('a body is known by name and class: what changed is put right, and its id stays', async () => {
  const row = (rest: string) => `${HEADER}"Instituto, con coma y ""comillas""",${rest}\r\n`
  expect(await run(row('ICC,Poder Ejecutivo,,'))).toEqual({ added: 1, changed: 0, unchanged: 0 })
  const before = (await items()).find(({ acronym }) => acronym === 'ICC')!
  expect(before).toMatchObject({ name: 'Instituto, con coma y "comillas"', municipality: null })
  expect(await run(row('ICC2,poder_ejecutivo,TOLUCA,sí'))).toEqual({ added: 0, changed: 1, unchanged: 0 })
  expect((await items()).find(({ acronym }) => acronym === 'ICC2')).toEqual({
    ...before,
    acronym: 'ICC2',
    municipality: '15106',
  })
  await run(row('ICC2,poder_ejecutivo,15106,No'))
  expect((await items()).some(({ acronym }) => acronym === 'ICC2')).toBe(false)
})

describe('a file is refused whole', () => {
  test.each([
    [
      'other headers',
      'name,class\nA,B\n',
      ['Línea 1: los encabezados deben ser nombre,siglas,clase,municipio,activo.'],
    ],
    ['nothing', '', ['Línea 1: los encabezados deben ser nombre,siglas,clase,municipio,activo.']],
    ['no bodies', HEADER, ['El archivo no tiene instituciones.']],
    ['a column too few', `${HEADER}A,,sindicato,\n`, ['Línea 2: tiene 4 columnas y deben ser 5.']],
    ['no name', `${HEADER},,sindicato,,\n`, ['Línea 2: falta el nombre.']],
    [
      'a name of 201',
      `${HEADER}${'a'.repeat(201)},,sindicato,,\n`,
      ['Línea 2: el nombre pasa de 200 caracteres.'],
    ],
    [
      'an acronym of 21',
      `${HEADER}A,${'S'.repeat(21)},sindicato,,\n`,
      [`Línea 2: las siglas «${'S'.repeat(21)}» pasan de 20 caracteres.`],
    ],
    ['another class', `${HEADER}A,,club,,\n`, ['Línea 2: la clase «club» no existe.']],
    [
      'another municipality',
      `${HEADER}A,,sindicato,Puebla,\n`,
      ['Línea 2: el municipio «Puebla» no existe.'],
    ],
    ['a town hall of nowhere', `${HEADER}A,,ayuntamiento,,\n`, ['Línea 2: falta el municipio de «A».']],
    [
      'neither yes nor no',
      `${HEADER}A,,sindicato,,quizá\n`,
      ['Línea 2: la columna activo dice «quizá» y debe decir sí o no.'],
    ],
    [
      'the same twice',
      `${HEADER}A,,sindicato,,\n\nA,X,Sindicatos,,\n`,
      ['Línea 4: «A» ya está en la línea 2.'],
    ],
    ['a quote left open', `${HEADER}"A,,sindicato,,\n`, ['Línea 2: tiene 1 columnas y deben ser 5.']],
    [
      'several, each with its line, remarks counted',
      `# nota\n${HEADER}"Dos\nrenglones",,sindicato,,\nB,,club,,\nC,,sindicato,,\n,,sindicato,,\n`,
      ['Línea 5: la clase «club» no existe.', 'Línea 7: falta el nombre.'],
    ],
  ])('%s', async (_, csv, problems) => {
    const before = await items()
    expect(await problemsOf(csv)).toEqual(problems)
    expect(await items()).toEqual(before)
  })
})
