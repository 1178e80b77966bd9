/**
 * The length of a text and its allowed characters. The database has the same rules (`app.visible_length`,
 * `app.has_control`); `text.test.ts` and `tests/sql` have the same examples.
 */

/** Invisible characters: soft hyphen, zero-width spaces, word joiner, direction marks. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Control characters, without tab and line breaks, which are text. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u

/** Half of a surrogate pair. With the flag `u` a complete pair is one code point and does not match. */
const HALF_PAIR = /\p{Surrogate}/u

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

/** The text without characters that nobody sees. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '')

/** The number of visible code points of the trimmed text: an emoji counts 1, a zero-width space 0. */
export const visibleLength = (text: string): number => [...withoutInvisible(text).trim()].length

/** Whether the text has a control character, such as NUL, or half of a surrogate pair. */
export const hasControl = (text: string): boolean => CONTROL.test(text) || HALF_PAIR.test(text)

/** The value if it is a text, else ''. For fields that any version may have written. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The paragraphs of a text: parts between empty lines, trimmed, without empty ones. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/u)
    .map((one) => one.trim())
    .filter(Boolean)
