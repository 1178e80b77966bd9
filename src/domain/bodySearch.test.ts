import { expect, test } from 'vitest'
import { createBodySearch } from './bodySearch'

const body = (name: string, acronym: string | null = null, municipality: string | null = null) => ({
  name,
  acronym,
  municipality,
})
const ISSSTEZAC = 'Instituto de Seguridad y Servicios Sociales de los Trabajadores del Estado de Zacatecas'
const bodies = [
  body(ISSSTEZAC),
  body('Ayuntamiento de Tlalnepantla de Baz', null, '15104'),
  body('Ayuntamiento de Tlalmanalco', null, '15103'),
  body('Organismo de Agua y Saneamiento', 'OAS', '15104'),
  body('Organismo de Agua y Saneamiento del Oriente', 'OAS', '15103'),
  body('Universidad Autónoma del Estado de México', 'UAEMÉX', '15106'),
]
const towns = [
  { cve: '15103', name: 'Tlalmanalco' },
  { cve: '15104', name: 'Tlalnepantla de Baz' },
  { cve: '15106', name: 'Toluca' },
]
const first = (typed: string) => createBodySearch(bodies, towns).find(typed)[0]

test.each([
  ['issstezac', ISSSTEZAC, null],
  ['ayto. tlalne', 'Ayuntamiento de Tlalnepantla de Baz', '15104'],
  ['H. Ayto de Tlalmanalco', 'Ayuntamiento de Tlalmanalco', '15103'],
  ['oas tlalne', 'Organismo de Agua y Saneamiento', '15104'],
  ['agua tlalmanalco', 'Organismo de Agua y Saneamiento del Oriente', '15103'],
  ['uaemex toluca', 'Universidad Autónoma del Estado de México', '15106'],
  ['univ. aut. edo. mex.', 'Universidad Autónoma del Estado de México', '15106'],
])('«%s» finds «%s» of %s', (typed, name, municipality) =>
  expect(first(typed)).toMatchObject(municipality ? { name, municipality } : { name }),
)
