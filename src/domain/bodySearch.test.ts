import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBodySearch, slipsOf } from './bodySearch'
import type { SujetoObligado } from './registration'

const body = (name: string, acronym: string | null = null): SujetoObligado => ({
  id: name,
  name,
  acronym,
  class_key: 'ayuntamiento',
  municipality: null,
})

const OPDAPAS = 'Organismo Público Descentralizado de Agua Potable, Alcantarillado y Saneamiento de Metepec'
const registry = [
  body('Ayuntamiento de Naucalpan de Juárez'),
  body('Ayuntamiento de Almoloya de Juárez'),
  body('Ayuntamiento de Toluca'),
  body('Ayuntamiento de Tlalnepantla de Baz'),
  body('Ayuntamiento de La Paz'),
  body('Ayuntamiento de Metepec'),
  body('Sistema Municipal para el Desarrollo Integral de la Familia de Toluca', 'DIF'),
  body(OPDAPAS, 'OPDAPAS'),
  body('Comisión de Derechos Humanos del Estado de México', 'CODHEM'),
  body('Universidad Autónoma del Estado de México', 'UAEMÉX'),
  body('Instituto de Salud del Estado de México', 'I. S. E. M.'),
]
const search = createBodySearch(registry)
const first = (query: string) => search.find(query)[0]?.name

test.each([
  ['a word', 'toluca', 'Ayuntamiento de Toluca'],
  ['without accents, in capitals', 'ALMOLOYA DE JUAREZ', 'Ayuntamiento de Almoloya de Juárez'],
  ['the beginning of words', 'ayun tlal', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['a letter missing', 'naucalpn', 'Ayuntamiento de Naucalpan de Juárez'],
  ['a letter too many', 'naucallpan', 'Ayuntamiento de Naucalpan de Juárez'],
  ['a wrong letter', 'tolica', 'Ayuntamiento de Toluca'],
  ['two neighbours changed over', 'metpeec', 'Ayuntamiento de Metepec'],
  ['two slips in a long word', 'tlanepanla', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['a slip in the beginning of a word', 'tlalnepnt', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['an acronym', 'codhem', 'Comisión de Derechos Humanos del Estado de México'],
  ['an acronym without its accent', 'uaemex', 'Universidad Autónoma del Estado de México'],
  ['an acronym written with full stops', 'isem', 'Instituto de Salud del Estado de México'],
  [
    'an acronym and a place',
    'dif toluca',
    'Sistema Municipal para el Desarrollo Integral de la Familia de Toluca',
  ],
  ['an acronym with a slip', 'opdpas metepec', OPDAPAS],
  ['words in another order', 'metepec agua', OPDAPAS],
  ['only common words and a short one', 'la paz', 'Ayuntamiento de La Paz'],
])('%s: %s', (_, query, name) => expect(first(query)).toBe(name))

test.each(['', '   ', '¿?', 'zzzz', 'toluca zzzz'])('%j finds nothing', (query) =>
  expect(search.find(query)).toEqual([]),
)

test('the limit is kept, and of two alike the shorter name comes first', () => {
  expect(search.find('ayuntamiento', 2)).toHaveLength(2)
  expect(search.find('estado de méxico').map(({ name }) => name)).toHaveLength(3)
  expect(first('juárez')).toBe('Ayuntamiento de Almoloya de Juárez')
})

test('one slip anywhere in a word of five letters or more still finds its body', () =>
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('naucalpan', 'toluca', 'metepec', 'almoloya'), (seed, word) => {
      const at = seed % word.length
      const without = word.slice(0, at) + word.slice(at + 1)
      expect(search.find(without).some(({ name }) => name.toLowerCase().includes(word))).toBe(true)
    }),
  ))

test('slips are counted against the beginning of the word, up to the most allowed', () => {
  expect(slipsOf('toluca', 'toluca', 2)).toBe(0)
  expect(slipsOf('tolu', 'toluca', 2)).toBe(0)
  expect(slipsOf('touluca', 'toluca', 2)).toBe(1)
  expect(slipsOf('otluca', 'toluca', 2)).toBe(1)
  expect(slipsOf('xyz', 'toluca', 1)).toBe(2)
})

test('three thousand bodies are searched whole', () => {
  const large = createBodySearch(
    Array.from({ length: 3000 }, (_, i) => body(`Organismo de ejemplo ${i} del municipio ${i % 125}`)),
  )
  expect(large.find('organsmo 2999')[0]?.name).toBe('Organismo de ejemplo 2999 del municipio 124')
})
