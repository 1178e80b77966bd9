import { expect, test } from 'vitest'
import { matcherOf, spells, wordsIn } from './names'

const ISSSTEZAC = 'Instituto de Seguridad y Servicios Sociales de los Trabajadores del Estado de Zacatecas'

test.each([
  ['davila', 'María Dávila'],
  ['davila', "Luis D'Avila Pérez"],
  ['davila', 'Luis D’Ávila'],
  ['davila', 'Teresa de Ávila'],
  ['DÁVILA', 'Teresa de Avila Gómez'],
  ["d'avila", 'María Dávila'],
  ['de avila', 'María Dávila'],
  ['d avila', 'Luis D´Avila'],
  ['deavila', 'Teresa de Ávila'],
  ['ohiggins', "Bernardo O'Higgins"],
  ["o'higgins", 'Bernardo Ohiggins'],
  ['o higgins', 'Bernardo O’Higgins'],
  ['delacruz', 'Sor Juana Inés de la Cruz'],
  ['de la cruz juana', 'Sor Juana Inés de la Cruz'],
  ['macgregor', 'Ana Mac Gregor'],
  ['mcgregor', 'Ana McGregor'],
  ['perez', 'Ana PÉREZ'],
  ['ana per', 'Ana María Pérez'],
  ['ma elena', 'María Elena Ríos'],
  ['issstezac', ISSSTEZAC],
  ['ayto. tlalne', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['h ayto toluca', 'Ayuntamiento de Toluca'],
  ['sria edo', 'Secretaría de Obra del Estado de México'],
  ['codhem', 'Comisión de Derechos Humanos del Estado de México'],
])('«%s» finds «%s»', (query, name) => expect(matcherOf(query)(name)).toBe(true))

test.each([
  ['', 'Ana'],
  ['davila', 'Ávila'],
  ['perez ruiz', 'Ana Pérez'],
  ['issstezac', 'Instituto de Seguridad Social del Estado de México'],
  ['higgs', 'O’Higgins'],
])('«%s» does not find «%s»', (query, name) => expect(matcherOf(query)(name)).toBe(false))

test('a query finds words of two texts together', () => {
  expect(matcherOf('ana issstezac')('Ana Ruiz', ISSSTEZAC)).toBe(true)
  expect(matcherOf('eva issstezac')('Ana Ruiz', ISSSTEZAC)).toBe(false)
})

test.each([
  ['issemym', 'Instituto de Seguridad Social del Estado de México y Municipios', true],
  ['imcufide', 'Instituto Municipal de Cultura Física y Deporte', true],
  ['dift', 'Sistema para el Desarrollo Integral de la Familia de Toluca', true],
  ['seco', 'Secretaría de Economía', false],
  ['isssteson', 'Instituto de Seguridad y Servicios Sociales', false],
])('%s is spelled by the words of «%s»: %s', (typed, name, isSpelled) =>
  expect(spells(typed, wordsIn(name))).toBe(isSpelled),
)
