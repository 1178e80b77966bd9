import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readdirSync, readFileSync } from 'node:fs'
import { createSearch, type Names } from './search'
import { plain, slipsOf, soundOf } from './spelling'

const body = (name: string, ...aliases: string[]): Names => ({ name, aliases })
const searchIn = (names: readonly Names[]) => createSearch(names, (one) => one)

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
const search = searchIn(registry)
const first = (query: string) => search.find(query)[0]?.name

test.each([
  ['a word', 'toluca', 'Ayuntamiento de Toluca'],
  ['capitals without accents', 'ALMOLOYA DE JUAREZ', 'Ayuntamiento de Almoloya de Juárez'],
  ['the beginning of words', 'ayun tlal', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['a missing letter', 'naucalpn', 'Ayuntamiento de Naucalpan de Juárez'],
  ['an extra letter', 'naucallpan', 'Ayuntamiento de Naucalpan de Juárez'],
  ['a wrong letter', 'tolica', 'Ayuntamiento de Toluca'],
  ['two swapped letters', 'metpeec', 'Ayuntamiento de Metepec'],
  ['two typing errors in a long word', 'tlanepanla', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['a typing error in the beginning of a word', 'tlalnepnt', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['an acronym', 'codhem', 'Comisión de Derechos Humanos del Estado de México'],
  ['an acronym without its accent', 'uaemex', 'Universidad Autónoma del Estado de México'],
  ['an acronym that the list writes with full stops', 'isem', 'Instituto de Salud del Estado de México'],
  [
    'an acronym and a place',
    'dif toluca',
    'Sistema Municipal para el Desarrollo Integral de la Familia de Toluca',
  ],
  ['an acronym with a typing error', 'opdpas metepec', OPDAPAS],
  ['words in another order', 'metepec agua', OPDAPAS],
  ['a common word and a short one', 'la paz', 'Ayuntamiento de La Paz'],
  ['a phonetic spelling', 'ayuntamiento de naukalpan de guares', 'Ayuntamiento de Naucalpan de Juárez'],
  ['joined words', 'almoloyadejuarez', 'Ayuntamiento de Almoloya de Juárez'],
  ['two short joined words', 'lapaz', 'Ayuntamiento de La Paz'],
  ['joined words with a typing error', 'almolollad juarez', 'Ayuntamiento de Almoloya de Juárez'],
  ['a split word', 'tlal nepantla', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['a split word whose parts find nothing', 'me tepec', 'Ayuntamiento de Metepec'],
  ['the initials of a name', 'cdhe', 'Comisión de Derechos Humanos del Estado de México'],
])('a search by %s, «%s», finds the body', (_, query, name) => expect(first(query)).toBe(name))

test.each(['', '   ', '¿?', 'zzzz', 'toluca zzzz'])('%j finds nothing', (query) =>
  expect(search.find(query)).toEqual([]),
)

test('a search returns at most its limit, and the shorter of two equal matches first', () => {
  expect(search.find('ayuntamiento', 2)).toHaveLength(2)
  expect(search.find('estado de méxico').map(({ name }) => name)).toHaveLength(3)
  expect(first('juárez')).toBe('Ayuntamiento de Almoloya de Juárez')
})

test('a word of six or more letters with one missing letter finds its body', () =>
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('naucalpan', 'toluca', 'metepec', 'almoloya'), (seed, word) => {
      const at = seed % word.length
      const without = word.slice(0, at) + word.slice(at + 1)
      expect(search.find(without).some(({ name }) => name.toLowerCase().includes(word))).toBe(true)
    }),
  ))

test('typing errors are counted against the beginning of the word, up to a limit', () => {
  expect(slipsOf('toluca', 'toluca', 2)).toBe(0)
  expect(slipsOf('tolu', 'toluca', 2)).toBe(0)
  expect(slipsOf('touluca', 'toluca', 2)).toBe(1)
  expect(slipsOf('otluca', 'toluca', 2)).toBe(1)
  expect(slipsOf('xyz', 'toluca', 1)).toBe(2)
})

test('a search finds the last of three thousand bodies', () => {
  const large = searchIn(
    Array.from({ length: 3000 }, (_, i) => body(`Organismo de ejemplo ${i} del municipio ${i % 125}`)),
  )
  expect(large.find('organsmo 2999')[0]?.name).toBe('Organismo de ejemplo 2999 del municipio 124')
})

test.each([
  ['nezahualcóyotl', 'nesaualcoyotl'],
  ['zumpahuacán', 'sumpauacan'],
  ['cuautitlán', 'kuautitlan'],
  ['jiquipilco', 'giquipilco'],
  ['xonacatlán', 'jonacatlan'],
  ['texcoco', 'tescoco'],
  ['valle', 'baye'],
  ['guerrero', 'guerero'],
  ['tenpoal', 'tempoal'],
  ['chicoloapan', 'chicoloapan'],
])('«%s» sounds like «%s»', (one, other) => expect(soundOf(plain(one))).toBe(soundOf(plain(other))))

test('words that sound different have different sounds', () => {
  expect(soundOf('chalco')).not.toBe(soundOf('calco'))
  expect(soundOf('gota')).not.toBe(soundOf('jota'))
})

const MIGRATIONS = 'supabase/migrations'
const catalog = readdirSync(MIGRATIONS).find((file) => file.endsWith('_municipalities.sql'))!
const municipalities = [
  ...readFileSync(`${MIGRATIONS}/${catalog}`, 'utf8').matchAll(/\('15\d{3}', '([^']+)'\)/gu),
].map(([, name]) => ({ name: name! }))
const places = searchIn(municipalities)

test.each<[string, (name: string) => string]>([
  ['correctly', (name) => name],
  ['in capitals without accents', (name) => plain(name).toUpperCase()],
  ['with all words joined', (name) => plain(name).replaceAll(' ', '')],
  ['without its h', (name) => plain(name).replace(/(?<!c)h/gu, '')],
  ['with s for z and c', (name) => plain(name).replace(/z|c(?=[ei])/gu, 's')],
  ['with b for v', (name) => plain(name).replaceAll('v', 'b')],
  ['with k for c and qu', (name) => plain(name).replace(/qu(?=[ei])|c(?![eih])/gu, 'k')],
  ['with doubled letters', (name) => plain(name).replace(/[tpmn]/gu, '$&$&')],
])('every municipality written %s is among the first three results', (_, write) => {
  expect(municipalities).toHaveLength(125)
  for (const { name } of municipalities) {
    const found = places.find(write(name), 3).map((one) => one.name)
    if (!found.includes(name)) expect(`${write(name)} → ${found.join(', ')}`).toBe(name)
  }
})
