/** The words of a transcript, how long each takes to say, and where a speaker is likely to pause. */

export interface SpokenWord {
  text: string
  /** How long it takes to say, beside the others. */
  weight: number
  /** What follows it: 2 the end of a sentence, 1 another sign, 0 nothing. */
  stop: 0 | 1 | 2
}

const VOWELS = /[aeiouáéíóúü]+/giu
const CONSONANTS = /[bcdfgjklmnñpqrstvwxyz]/giu
/** A digit is read as a word of two syllables. */
const DIGIT = 2

function weightOf(word: string): number {
  const syllables = word.match(VOWELS)?.length ?? 0
  const consonants = word.match(CONSONANTS)?.length ?? 0
  const digits = word.match(/\d/gu)?.length ?? 0
  return Math.max(0.4, syllables + consonants * 0.35 + digits * DIGIT)
}

const CLOSING = /["'”’»)\]]*$/u

function stopOf(word: string): SpokenWord['stop'] {
  const bare = word.replace(CLOSING, '')
  if (/[.?!…]$/u.test(bare)) return 2
  return /[,;:—–-]$/u.test(bare) ? 1 : 0
}

/** A new line ends a sentence, whether or not a sign does. */
export function wordsOf(transcript: string): SpokenWord[] {
  return transcript.split(/\n+/u).flatMap((line) => {
    const words = line.split(/\s+/u).filter(Boolean)
    return words.map((text, at) => ({
      text,
      weight: weightOf(text),
      stop: at === words.length - 1 ? 2 : stopOf(text),
    }))
  })
}
