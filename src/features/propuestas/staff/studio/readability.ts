/**
 * How easily a Spanish text reads: the perspicuity index of Szigriszt-Pazos (1993), read on the INFLESZ scale of
 * Barrio-Cantalejo (2008). It is a hint for whoever writes: it looks at the length of words and sentences, not at sense.
 */

export type Ease = 'easy' | 'normal' | 'rather_hard' | 'hard'

/** With fewer words one long name decides the result. */
const FEWEST_WORDS = 10

/** The lowest index of each step of INFLESZ; its two easiest are one here. */
const STEPS: readonly [Ease, number][] = [
  ['easy', 65],
  ['normal', 55],
  ['rather_hard', 40],
]

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []

export const countWords = (text: string): number => wordsIn(text).length

/** Syllables of a Spanish word by its vowels: weak ones join their neighbour unless an accent parts them. */
export function countSyllables(word: string): number {
  const spoken = word
    .toLowerCase()
    .replace(/qu(?=[eiéí])/gu, 'k')
    .replace(/gu(?=[eiéí])/gu, 'g')
    .replace(/y$/u, 'i')
  const groups = spoken.match(/[aeiouáéíóúü]+/gu) ?? []
  const nuclei = groups.map((group) => Math.max(1, group.replace(/[iuü]/gu, '').length))
  return Math.max(
    1,
    nuclei.reduce((sum, count) => sum + count, 0),
  )
}

const countSentences = (text: string): number =>
  text.split(/[.!?…]+(?:\s|$)|\n+/u).filter((sentence) => /\p{L}/u.test(sentence)).length

/** Undefined for a text too short to judge. */
export function easeOf(text: string): Ease | undefined {
  const words = wordsIn(text)
  if (words.length < FEWEST_WORDS) return undefined
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0)
  const index = 206.835 - (62.3 * syllables) / words.length - words.length / Math.max(1, countSentences(text))
  return STEPS.find(([, lowest]) => index >= lowest)?.[0] ?? 'hard'
}
