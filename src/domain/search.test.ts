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
  ['as it sounds', 'ayuntamiento de naukalpan de guares', 'Ayuntamiento de Naucalpan de Juárez'],
  ['words joined', 'almoloyadejuarez', 'Ayuntamiento de Almoloya de Juárez'],
  ['two short words joined', 'lapaz', 'Ayuntamiento de La Paz'],
  ['words joined with a slip', 'almolollad juarez', 'Ayuntamiento de Almoloya de Juárez'],
  ['a word parted', 'tlal nepantla', 'Ayuntamiento de Tlalnepantla de Baz'],
  ['a word parted where no part stands alone', 'me tepec', 'Ayuntamiento de Metepec'],
  ['the initials of a name', 'cdhe', 'Comisión de Derechos Humanos del Estado de México'],
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

test('what sounds otherwise is told apart', () => {
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
  ['as it is', (name) => name],
  ['in capitals without accents', (name) => plain(name).toUpperCase()],
  ['with all words joined', (name) => plain(name).replaceAll(' ', '')],
  ['without its h', (name) => plain(name).replace(/(?<!c)h/gu, '')],
  ['with s for z and c', (name) => plain(name).replace(/z|c(?=[ei])/gu, 's')],
  ['with b for v', (name) => plain(name).replaceAll('v', 'b')],
  ['with k for c and qu', (name) => plain(name).replace(/qu(?=[ei])|c(?![eih])/gu, 'k')],
  ['with letters doubled', (name) => plain(name).replace(/[tpmn]/gu, '$&$&')],
])('every municipality written %s is among the first three', (_, write) => {
  expect(municipalities).toHaveLength(125)
  for (const { name } of municipalities) {
    const found = places.find(write(name), 3).map((one) => one.name)
    if (!found.includes(name)) expect(`${write(name)} → ${found.join(', ')}`).toBe(name)
  }
})
