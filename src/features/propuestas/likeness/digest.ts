/**
 * The digest of the published proposals of a campaign, as the server makes it (`app.make_likeness`): which words each of
 * them has, without their order. A phone holds it to compare without signal.
 */
import { dammDigit } from '@/domain/folio'

/** The answer of `likeness_digest`. Numbers are written in 64 characters, five bits each, the lowest first. */
export interface LikenessDigest {
  version: 1
  /** Prefix and year, and the gaps between the numbers of the folios. They name the proposals 0, 1, 2, … */
  folios: readonly (readonly [start: string, gaps: string])[]
  /** The words in the order of the alphabet: how many letters each shares with the one before, and the rest. */
  words: string
  /** For each word the gaps between the proposals that have it. */
  places: string
}

/** A word and the proposals that have it, in ascending order. */
export interface WordPlaces {
  word: string
  places: readonly number[]
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'
const VALUE_OF = new Map([...DIGITS].map((digit, value) => [digit.charCodeAt(0), value]))

/** The ascending numbers of a text of gaps. A digit above 31 says that the number goes on. */
export function readGaps(text: string): number[] {
  const numbers: number[] = []
  let [last, gap, bits] = [-1, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const value = VALUE_OF.get(text.charCodeAt(at)) ?? 0
    gap += (value & 31) << bits
    bits += 5
    if (value >= 32) continue
    last += gap + 1
    numbers.push(last)
    gap = bits = 0
  }
  return numbers
}

/** The folios, in the order of the proposals' numbers. */
export const readFolios = ({ folios }: LikenessDigest): string[] =>
  folios.flatMap(([start, gaps]) =>
    readGaps(gaps).map((number) => {
      const digits = String(number).padStart(6, '0')
      return `${start}-${digits}-${dammDigit(start.slice(-4) + digits)}`
    }),
  )

/** The words of a digest, one after the other. */
export function* readWords({ words, places }: LikenessDigest): Generator<WordPlaces> {
  if (words === '') return
  const placesOf = places.split(' ')
  let word = ''
  for (const [at, coded] of words.split(' ').entries()) {
    word = word.slice(0, VALUE_OF.get(coded.charCodeAt(0)) ?? 0) + coded.slice(1)
    yield { word, places: readGaps(placesOf[at] ?? '') }
  }
}
