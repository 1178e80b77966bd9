/**
 * Ten thousand proposals of real length from a seed: sentences of the labelled texts in random company, as long as those of the
 * demonstration, and words that only few proposals have (names of places and people), made of syllables. Their vocabulary grows
 * as that of real texts does.
 */
import { between, randomFrom, type Random } from '../../support/random'

const SYLLABLES =
  'ba co di fe gu jo la me ni po que ra si to tla xo cal mex zin tepe hua can ixt oz tul'.split(' ')
const LEAST_WORDS: readonly [number, number] = [45, 110]
const RARE_NAMES = 30_000

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!

/** Few names are frequent and most are rare (Zipf). */
function nameOf(random: Random): string {
  let number = Math.floor(RARE_NAMES ** random())
  let name = ''
  for (let syllables = 0; syllables < 4; syllables++) {
    name += SYLLABLES[number % SYLLABLES.length]!
    number = Math.floor(number / SYLLABLES.length) + syllables * 7
  }
  return name
}

export function manyProposals(texts: readonly string[], count: number, seed: number): string[] {
  const random = randomFrom(seed)
  const sentences = texts.flatMap((text) => text.split(/(?<=[.?!])\s+/u))
  return Array.from({ length: count }, () => {
    const least = between(random, LEAST_WORDS)
    const words: string[] = []
    while (words.length < least) words.push(...pick(random, sentences).split(' '))
    return [...words, ...Array.from({ length: 3 }, () => nameOf(random))].join(' ')
  })
}
