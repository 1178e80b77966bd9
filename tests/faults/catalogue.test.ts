/** Every fault of the list has a case, and every case names an existing test. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { CATALOGUE, type Case } from './catalogue'
import { FAULTS } from './faultList'

const PROJECT = path.resolve(import.meta.dirname, '../..')

/** Whether the file has a test, or a row of `test.each`, with a title that starts with this text. */
function exists([file, name]: Case): boolean {
  const source = readFileSync(path.join(PROJECT, file), 'utf8').replaceAll(/([([])\s+/gu, '$1')
  const openings = ['(', '['].flatMap((bracket) => ["'", '"', '`'].map((quote) => bracket + quote))
  return openings.some((opening) => source.includes(opening + name))
}

/** The app's sources and its build configuration, which holds the manifest. */
const sources = [
  'vite.config.ts',
  ...readdirSync(path.join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/u.test(file))
    .map((file) => path.join('src', file)),
].map((file) => readFileSync(path.join(PROJECT, file), 'utf8'))

const isBuilt = (sign: string) => sources.some((source) => source.includes(sign))

test('every fault of the list has a case, and every case belongs to a fault of the list', () => {
  expect(Object.keys(CATALOGUE).sort()).toEqual([...FAULTS].sort())
  const empty = Object.entries(CATALOGUE).filter(([, cases]) => Array.isArray(cases) && cases.length === 0)
  expect(empty).toEqual([])
})

test.each(Object.entries(CATALOGUE))('the cases of the fault “%s” exist', (_, cases) => {
  if (Array.isArray(cases)) expect(cases.filter((one) => !exists(one))).toEqual([])
  else expect(cases.signs.filter(isBuilt), cases.absent).toEqual([])
})

test('a case that nobody wrote is reported as missing', () => {
  expect(exists(['tests/faults/catalogue.test.ts', 'a case that nobody wrote'])).toBe(true)
  expect(exists(['tests/faults/catalogue.test.ts', 'case that nobody wrote'])).toBe(false)
  expect(exists(['src/media/tus.test.ts', 'a case that nobody wrote'])).toBe(false)
})

test('the catalogue check finds the sign of a part that exists', () => {
  expect(isBuilt('VitePWA(')).toBe(true)
  expect(isBuilt('stageMedia')).toBe(true)
})

test('more than nine tenths of the faults have a case', () => {
  const absent = Object.values(CATALOGUE).filter((cases) => !Array.isArray(cases)).length
  console.info(
    `faults: ${FAULTS.length - absent} of ${FAULTS.length} have a case by name, ${absent} are of parts not built`,
  )
  expect(absent).toBeLessThan(FAULTS.length / 10)
})
