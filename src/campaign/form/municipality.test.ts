import { expect, test } from 'vitest'
import {
  createMunicipalitySearch,
  municipalityName,
  OUTSIDE_LABEL,
  resolveMunicipality,
  shownMunicipality,
} from './municipality'
import { material } from '../testing/material'

const items = material.municipalities

test.each([
  ['nothing', '  ', null],
  ['the name', 'Toluca', '15106'],
  ['without accents, in capitals, with spaces', '  NEZAHUALCOYOTL ', '15060'],
  ['the beginning of one name', 'acambay', '15001'],
  ['the key', '15106', '15106'],
  ['another state', OUTSIDE_LABEL, 'fuera'],
  ['the beginning of another state', 'fuera del', 'fuera'],
  ['the name of another state', 'querétaro', 'fuera'],
  ['the initials of Mexico City', 'CDMX', 'fuera'],
  ['the beginning of several names', 'a', undefined],
  ['an unknown place', 'Macondo', undefined],
])('a typed municipality resolves to its key: %s', (_, typed, cve) =>
  expect(resolveMunicipality(typed, items)).toBe(cve),
)

test('the field shows the name of a stored key and any other text as typed', () => {
  expect(shownMunicipality('15060', items)).toBe('Nezahualcóyotl')
  expect(shownMunicipality('fuera', items)).toBe(OUTSIDE_LABEL)
  expect(shownMunicipality('Acam', items)).toBe('Acam')
  expect(municipalityName('acam', items)).toBe('Acambay de Ruíz Castañeda')
  expect(municipalityName('Macondo', items)).toBe('Macondo')
})

test('a state’s name that is part of a municipality’s name does not resolve', () =>
  expect(resolveMunicipality('guerrero', [{ cve: '15113', name: 'Villa Guerrero' }])).toBeUndefined())

test.each([
  ['nesaualcoyotl', 'Nezahualcóyotl'],
  ['tolucca', 'Toluca'],
  ['acanbay', 'Acambay de Ruíz Castañeda'],
  ['ruizcastañeda', 'Acambay de Ruíz Castañeda'],
  ['CDMX', OUTSIDE_LABEL],
  ['ciudad de mexico', OUTSIDE_LABEL],
  ['otro pais', OUTSIDE_LABEL],
  ['mi chuacan', OUTSIDE_LABEL],
])('the search for «%s» finds %s', (typed, name) =>
  expect(createMunicipalitySearch(items).find(typed)[0]?.name).toBe(name),
)

test('the search lists a municipality before the state with the same name', () =>
  expect(
    createMunicipalitySearch([{ cve: '15056', name: 'Morelos' }])
      .find('morelos')
      .map(({ name }) => name),
  ).toEqual(['Morelos', OUTSIDE_LABEL]))
