/** The beginnings and parts of texts, and what an e-mail address loses. */

/** Characters without width and marks of direction, in an e-mail address. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** A grapheme, which people see as one character: a letter with its accents, a flag, a combined emoji. */
const GRAPHEME = /\p{RI}{2}|.(?:\p{M}|\p{EMod})*(?:\u200d.(?:\p{M}|\p{EMod})*)*/gsu

/** The maximum length of a submission's title in lists, in code points. */
export const TITLE_LENGTH = 60

/**
 * The beginning of a text for lists: one line of at most `length` code points, with «…» when the text is longer. It ends
 * between words, unless the last word fills half of it, and never within a grapheme.
 */
export function excerpt(text: string, length = 80): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  if ([...line].length <= length) return line
  let cut = ''
  let points = 0
  for (const [grapheme] of line.matchAll(GRAPHEME)) {
    points += [...grapheme].length
    if (points > length) break
    cut += grapheme
  }
  const space = line[cut.length] === ' ' ? cut.length : cut.lastIndexOf(' ')
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

/** The text without characters that nobody sees. For addresses; other texts take `canon`. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '')

/** The value if it is a text, else ''. For fields that any version may have written. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The paragraphs of a text: parts between empty lines, trimmed, without empty ones. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/u)
    .map((one) => one.trim())
    .filter(Boolean)
