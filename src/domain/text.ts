/**
 * How text is measured and what it may hold. The database measures the same way
 * (`app.visible_length`, `app.has_control`); `text.test.ts` and `tests/sql` share the examples.
 */

/** Takes room without being seen: soft hyphen, zero-width space and no-break, word joiner, direction marks. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Control characters that no keyboard writes; tab and line breaks are text. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u

/** With the flag `u` a whole pair is one code point, so only a lone half is a surrogate. */
const HALF_PAIR = /\p{Surrogate}/u

/** What people see as one character: a letter with its accents, a flag, an emoji joined of several. */
const GRAPHEME = /\p{RI}{2}|.(?:\p{M}|\p{EMod})*(?:\u200d.(?:\p{M}|\p{EMod})*)*/gsu

/** How long the title of a submission is on this phone, in code points. */
export const TITLE_LENGTH = 60

/**
 * The beginning of a text as one line of at most `length` code points, for lists; «…» says that there was more. It
 * ends between words, unless a word fills half of it, and never within what is seen as one character.
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

/** Visible code points once the ends are trimmed: an emoji counts 1, a zero-width space 0. */
export const visibleLength = (text: string): number => [...text.replace(INVISIBLE, '').trim()].length

/** Whether the text holds NUL or another control character, or half of a surrogate pair. */
export const hasControl = (text: string): boolean => CONTROL.test(text) || HALF_PAIR.test(text)

/** A text out of something kept or sent by any version; '' where there is none. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The paragraphs of a text: parts between empty lines, trimmed, without empty ones. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/u)
    .map((one) => one.trim())
    .filter(Boolean)
