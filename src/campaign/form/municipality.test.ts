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
  ['its key', '15106', '15106'],
  ['another state', OUTSIDE_LABEL, 'fuera'],
  ['another state, begun', 'fuera del', 'fuera'],
  ['another state by its name', 'querétaro', 'fuera'],
  ['the capital by its initials', 'CDMX', 'fuera'],
  ['the beginning of several', 'a', undefined],
  ['a place that is none', 'Macondo', undefined],
])('%s', (_, typed, cve) => expect(resolveMunicipality(typed, items)).toBe(cve))

test('a kept key is shown as its name, what is being typed as it is', () => {
  expect(shownMunicipality('15060', items)).toBe('Nezahualcóyotl')
  expect(shownMunicipality('fuera', items)).toBe(OUTSIDE_LABEL)
  expect(shownMunicipality('Acam', items)).toBe('Acam')
  expect(municipalityName('acam', items)).toBe('Acambay de Ruíz Castañeda')
  expect(municipalityName('Macondo', items)).toBe('Macondo')
})

test('the name of a state that is also in a municipality’s name must be chosen', () =>
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
])('«%s» finds %s', (typed, name) => expect(createMunicipalitySearch(items).find(typed)[0]?.name).toBe(name))

test('a municipality comes before the state of the same name', () =>
  expect(
    createMunicipalitySearch([{ cve: '15056', name: 'Morelos' }])
      .find('morelos')
      .map(({ name }) => name),
  ).toEqual(['Morelos', OUTSIDE_LABEL]))
