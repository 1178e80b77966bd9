import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberWords, translator } from './translator'

const t = translator({
  greeting: 'Hola, {name}',
  count: 'Llevas {count} de {max}',
  'days#one': 'falta {count} día',
  'days#other': 'faltan {count} días',
})

test('a parameter replaces its placeholder, and a missing one leaves it visible', () => {
  expect(t('greeting', { name: 'Ana' })).toBe('Hola, Ana')
  expect(t('greeting')).toBe('Hola, {name}')
})

test('numbers are formatted as in Mexico', () => {
  expect(t('count', { count: 34, max: 2000 })).toBe('Llevas 34 de 2,000')
})

test('the plural form follows the count', () => {
  expect(t('days', { count: 1 })).toBe('falta 1 día')
  expect(t('days', { count: 0 })).toBe('faltan 0 días')
  expect(t('days', { count: 2000 })).toBe('faltan 2,000 días')
})

test('a number has the words that the browser gives it', () => {
  const browser = new Intl.NumberFormat('es-MX')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.constantFrom(1, 10, 1000), (whole, parts) => {
      expect(numberWords(whole / parts)).toBe(browser.format(whole / parts))
    }),
  )
})

test('no screen loads the browser’s formats of numbers and dates', () => {
  const src = join(import.meta.dirname, '..')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/u.test(file) && !file.endsWith('.test.ts'))
    .filter((file) =>
      /new Intl\.(Number|DateTime)Format|\.toLocale\w*String\(/u.test(readFileSync(join(src, file), 'utf8')),
    )
  expect(files).toEqual([])
})
