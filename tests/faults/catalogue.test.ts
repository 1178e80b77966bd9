/** Every fault of the list has a case, and every case is a test that is there. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { CATALOGUE, type Case } from './catalogue'
import { FAULTS } from './faultList'

const PROJECT = path.resolve(import.meta.dirname, '../..')

/** Whether a test, or a row of `test.each`, has a name that begins so. */
function isThere([file, name]: Case): boolean {
  const source = readFileSync(path.join(PROJECT, file), 'utf8').replaceAll(/([([])\s+/gu, '$1')
  const openings = ['(', '['].flatMap((bracket) => ["'", '"', '`'].map((quote) => bracket + quote))
  return openings.some((opening) => source.includes(opening + name))
}

/** The app, and where its manifest says what it takes from others. */
const sources = [
  'vite.config.ts',
  ...readdirSync(path.join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/u.test(file))
    .map((file) => path.join('src', file)),
].map((file) => readFileSync(path.join(PROJECT, file), 'utf8'))

const isBuilt = (sign: string) => sources.some((source) => source.includes(sign))

test('no fault of the list is without a case, and no case is of another list', () => {
  expect(Object.keys(CATALOGUE).sort()).toEqual([...FAULTS].sort())
  const empty = Object.entries(CATALOGUE).filter(([, cases]) => Array.isArray(cases) && cases.length === 0)
  expect(empty).toEqual([])
})

test.each(Object.entries(CATALOGUE))('%s: its cases are there', (_, cases) => {
  if (Array.isArray(cases)) expect(cases.filter((one) => !isThere(one))).toEqual([])
  else expect(cases.signs.filter(isBuilt), cases.absent).toEqual([])
})

test('a case that nobody wrote is missed', () => {
  expect(isThere(['tests/faults/catalogue.test.ts', 'a case that nobody wrote'])).toBe(true)
  expect(isThere(['tests/faults/catalogue.test.ts', 'case that nobody wrote'])).toBe(false)
  expect(isThere(['src/media/tus.test.ts', 'a case that nobody wrote'])).toBe(false)
})

test('a part that was built is seen', () => {
  expect(isBuilt('VitePWA(')).toBe(true)
  expect(isBuilt('stageMedia')).toBe(true)
})

test('the number of covered faults is told', () => {
  const absent = Object.values(CATALOGUE).filter((cases) => !Array.isArray(cases)).length
  console.info(
    `faults: ${FAULTS.length - absent} of ${FAULTS.length} have a case by name, ${absent} are of parts not built`,
  )
  expect(absent).toBeLessThan(FAULTS.length / 10)
})
