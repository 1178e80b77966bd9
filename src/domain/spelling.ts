/** How words are compared with what people type: accents, letters that sound alike in Spanish, slips of the finger. */

/** The text in small letters and without accents. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The words of a text, small and without accents. */
export const fold = (text: string): string[] =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/**
 * Letters that Mexican Spanish says alike, in the order in which they are replaced: s, z and c; b and v; k, c and
 * qu; g, j and x; ll and y. H is mute except in ch, and a doubled consonant counts once.
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

/** How a folded word sounds: two spellings of one sound are the same text. */
export const soundOf = (word: string): string =>
  SOUNDS.reduce((text, [letters, sound]) => text.replace(letters, sound), word)

/**
 * The least number of slips (a letter wrong, missing, too many, or swapped with its neighbour) that turn what was
 * typed into the word or into its beginning (optimal string alignment); more than `most` is only known to be more.
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
