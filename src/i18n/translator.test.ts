import { expect, test } from 'vitest'
import { translator } from './translator'

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
