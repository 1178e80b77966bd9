import { expect, test } from 'vitest'
import { municipalityName, OUTSIDE_LABEL, resolveMunicipality, shownMunicipality } from './municipality'
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
