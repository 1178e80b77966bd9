import { describe, expect, test } from 'vitest'
import { makeDigest, writeGaps } from '../../../../tests/support/likeness/makeDigest'
import { readFolios, readGaps, readWords } from './digest'
import { buildIndex } from './likenessIndex'
import { findSimilar, rankSimilar } from './similar'
import { contentWords, stemOf } from './stems'

const PUBLISHED = [
  'Que el ayuntamiento publique el calendario para componer las luminarias de cada colonia y lo cumpla.',
  'Pido intérpretes de lengua de señas en las sesiones del pleno, y subtítulos en los videos.',
  'Los hospitales deben publicar cada semana qué medicinas tienen en existencia.',
  'Que las licitaciones se transmitan en vivo, desde la apertura de sobres hasta el fallo.',
  'Un registro público de pipas: cuántas salen, a dónde van y cuánto cuestan.',
  'Que haya cita por internet en el registro civil y no formarse desde la madrugada.',
]
const index = buildIndex(makeDigest(PUBLISHED))
const first = (text: string) => rankSimilar(text, index)[0]?.place
const folioOf = (place: number) => index.folios[place]!

describe('the digest', () => {
  test('gives back folios, words and where they are', () => {
    const digest = makeDigest(['agua potable limpia', 'aguas negras', 'potable y limpia'])
    expect(readFolios(digest)).toEqual(['PR-2026-000001-5', 'PR-2026-000002-8', 'PR-2026-000003-1'])
    expect(Object.fromEntries([...readWords(digest)].map(({ word, places }) => [word, places]))).toEqual({
      agua: [0],
      aguas: [1],
      limpia: [0, 2],
      negras: [1],
      potable: [0, 2],
    })
  })

  test('of no proposals has none, and nothing is like it', () => {
    const empty = makeDigest([])
    expect([readFolios(empty), [...readWords(empty)]]).toEqual([[], []])
    expect(findSimilar(PUBLISHED[0]!, buildIndex(empty))).toEqual([])
  })

  test('writes gaps of any size', () => {
    const numbers = [0, 1, 32, 33, 1056, 40_000, 5_000_000]
    expect(readGaps(writeGaps(numbers))).toEqual(numbers)
  })
})

describe('words', () => {
  test.each([
    ['reparación', 'repararon'],
    ['publiquen', 'publicar'],
    ['explíquennos', 'expliquen'],
    ['avisos', 'abiso'],
    ['vigilancia', 'bigilansia'],
    ['comités', 'comité'],
  ])('«%s» and «%s» have one stem', (one, other) => {
    const stem = (word: string) => stemOf(contentWords(`${word} calle`)[0] ?? word)
    expect(stem(one)).toBe(stem(other))
  })
})

describe('a text that is being written', () => {
  test.each([
    [
      'en otras palabras',
      'Las lámparas de mi barrio no prenden, digan qué día vienen a arreglar los focos',
      0,
    ],
    ['sin acentos ni mayúsculas', 'mi hermano es sordo y no hay interprete en las transmisiones', 1],
    ['con faltas', 'nunca ay medisinas en el ospital, digan cual es la existensia', 2],
    ['con una letra de más', 'los concursos de compras se pasen en vivvo cuando abren los sobrres', 3],
  ])('%s finds the one that says the same', (_, text, place) => {
    expect(first(text)).toBe(place)
  })

  test('shows its folio and the words that made it alike', () => {
    const [found] = findSimilar(
      'Necesitamos saber cuándo arreglan las lámparas de la colonia, con fecha',
      index,
    )
    expect(found!.folio).toBe(folioOf(0))
    expect(found!.shared).toContain('lamparas')
  })

  test('of few words, or of another matter, shows nothing', () => {
    expect(findSimilar('Las lámparas', index)).toEqual([])
    expect(findSimilar('Me gusta bailar danzón con mis primas los viernes mientras llueve', index)).toEqual(
      [],
    )
  })

  test('has less in common with one of a crowd than with one alone, and what several ask is shown', () => {
    const asks = ['recibo', 'fugas', 'pipa', 'pozo', 'cisterna', 'tarifa', 'tandeo', 'toma', 'cloro']
    const indexOf = (texts: string[]) => buildIndex(makeDigest([...PUBLISHED, ...texts]))
    const theme = asks.map((ask) => `Del agua de la colonia digan ${ask}.`)
    const text = 'Del agua de mi colonia quiero bebederos'
    const [one, crowd] = [theme.slice(0, 1), theme].map(
      (texts) => rankSimilar(text, indexOf(texts))[0]!.score,
    )
    expect(crowd).toBeLessThan(one! * 0.7)
    const same = asks.map((ask) => `Reparen la fuga de agua de la calle, y ${ask}.`)
    expect(findSimilar('Arreglen la fuga de agua que hay en mi calle', indexOf(same))).not.toEqual([])
  })
})
