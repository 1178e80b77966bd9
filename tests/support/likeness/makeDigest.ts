/** The twin of `app.make_likeness`: the digest of some texts, for benchmarks and for the test that compares both. */
import { fold } from '@/domain/spelling'
import type { LikenessDigest } from '@/features/propuestas/likeness/digest'
import { STOP_WORDS } from '@/features/propuestas/likeness/stopWords'

/** A proposal keeps its most frequent words, which others share and which take few bytes; of equally frequent ones the longest. */
const WORDS_KEPT = 24
/** Words of more than a fifth tell nothing. Where there are few proposals, all tell something. */
const MOST_SHARE = 5
const FEW = 50

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'

function writeNumber(number: number): string {
  return number < 32 ? DIGITS[number]! : DIGITS[(number & 31) + 32]! + writeNumber(number >> 5)
}

/** Ascending numbers as the gaps between them. */
export const writeGaps = (numbers: readonly number[]): string =>
  numbers.map((number, at) => writeNumber(number - (numbers[at - 1] ?? -1) - 1)).join('')

/** Each word as how many letters it shares with the one before, and the rest. */
function frontCoded(words: readonly string[]): string {
  const coded = words.map((word, at) => {
    const before = words[at - 1] ?? ''
    let shared = 0
    while (shared < 63 && shared < before.length && word[shared] === before[shared]) shared++
    return DIGITS[shared]! + word.slice(shared)
  })
  return coded.join(' ')
}

const wordsOf = (text: string): string[] => [
  ...new Set(fold(text).filter((word) => word.length > 2 && word.length <= 40 && !STOP_WORDS.has(word))),
]

function wordsKept(texts: readonly string[]): string[][] {
  const all = texts.map(wordsOf)
  const counts = new Map<string, number>()
  for (const word of all.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
  return all.map((words) =>
    words
      .filter((word) => texts.length < FEW || counts.get(word)! * MOST_SHARE <= texts.length)
      .sort((a, b) => counts.get(b)! - counts.get(a)! || b.length - a.length || (a < b ? -1 : 1))
      .slice(0, WORDS_KEPT),
  )
}

/** The digest of these texts with the folios 1, 2, 3, … of a year. */
export function makeDigest(texts: readonly string[], start = 'PR-2026'): LikenessDigest {
  const places = new Map<string, number[]>()
  for (const [place, words] of wordsKept(texts).entries())
    for (const word of words) places.set(word, [...(places.get(word) ?? []), place])
  const words = [...places.keys()].sort()
  return {
    version: 1,
    folios: [[start, writeGaps(texts.map((_, at) => at + 1))]],
    words: frontCoded(words),
    places: words.map((word) => writeGaps(places.get(word)!)).join(' '),
  }
}
