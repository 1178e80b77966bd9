/** Comparison of words with what people type: accents, letters that sound alike in Spanish, typing errors. */

/** The text in lower case without accents. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The words of a text, in lower case without accents. */
export const fold = (text: string): string[] =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/**
 * Letters that sound alike in Mexican Spanish, in the order of their replacement: s, z and c; b and v; k, c and qu; g, j
 * and x; ll and y. H is mute except in ch, and a doubled consonant counts once.
 */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ch/gu, '*'],
  [/h/gu, ''],
  [/ll/gu, 'y'],
  [/qu(?=[ei])|q|c(?![ei])/gu, 'k'],
  [/[zc]|x(?![aeiou])/gu, 's'],
  [/v/gu, 'b'],
  [/gu(?=[ei])/gu, '#'],
  [/x|g(?=[ei])/gu, 'j'],
  [/#/gu, 'g'],
  [/n(?=[bp])/gu, 'm'],
  [/([^aeiou])\1+/gu, '$1'],
]

/** The sound of a folded word, as text: spellings that sound alike have the same. */
export const soundOf = (word: string): string =>
  SOUNDS.reduce((text, [letters, sound]) => text.replace(letters, sound), word)

/**
 * The smallest number of typing errors (a wrong, missing, extra or swapped letter) between the typed text and the word
 * or its beginning (optimal string alignment). Returns some number above `most` when there are more.
 */
export function slipsOf(typed: string, word: string, most: number): number {
  const width = Math.min(word.length, typed.length + most)
  let before: number[] = []
  let above = Array.from({ length: width + 1 }, (_, i) => i)
  for (let row = 1; row <= typed.length; row++) {
    const line = [row]
    for (let at = 1; at <= width; at++) {
      const same = typed[row - 1] === word[at - 1]
      let least = Math.min(above[at - 1]! + (same ? 0 : 1), above[at]! + 1, line[at - 1]! + 1)
      if (row > 1 && at > 1 && typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1])
        least = Math.min(least, before[at - 2]! + 1)
      line.push(least)
    }
    if (Math.min(...line) > most) return most + 1
    before = above
    above = line
  }
  return Math.min(...above)
}
