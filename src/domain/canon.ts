/**
 * The one form of the texts that people write, and how much of them draws. The database has the same functions
 * (`app.canon`, `app.canon_json`, `app.tidied`, `app.visible_length`); `tests/sql/textCanon.test.ts` compares both.
 * docs/decisions/0059-text-canon.md says what stays and why.
 */

/** Line breaks of every kind. */
const BREAK = /\r\n|[\v\f\r\u0085\u2028\u2029]/gu

/** Controls, marks of direction, characters without width, places of objects, and half characters. */
const UNSEEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class
  /[\0-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff\p{Cs}]/gu

/**
 * Joiners and tags. In a flag of tags, between the parts of an emoji, and after a letter of a script whose letters join,
 * they are a part of what is drawn: the group keeps those.
 */
const JOINER =
  // oxlint-disable-next-line no-misleading-character-class
  /(\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f}|[\xa9\xae\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u{1f000}-\u{1faff}]\u200d(?=[\u2190-\u2bff\u{1f000}-\u{1faff}])|[\u0600-\u109f\u1780-\u1b7f\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc][\u200c\u200d])|[\u200c\u200d\u{e0000}-\u{e007f}]/gu

/** What draws nothing by itself: marks, fillers, selectors, and the blank of Braille. */
const NOT_DRAWN = /[\p{M}\p{DI}\u2800]/gu

/**
 * The text in its only form: line breaks of every kind as line feeds, no characters that only a machine sees, composed
 * (NFC). Its own form is itself.
 */
export function canon(text: string): string {
  let form = text.replace(BREAK, '\n').replace(UNSEEN, '').normalize('NFC')
  for (let before = ''; before !== form;) {
    before = form
    // marks change places once no joiner stands between them, and may leave another joiner alone
    form = form.replace(JOINER, '$1').normalize('NFC')
  }
  return form
}

/** The text of a field of one line, in its only form: white space as single spaces, none at the ends. */
export const tidied = (text: string): string => canon(text).replace(/\s+/gu, ' ').trim()

/** The JSON value with every text in it in its only form. The names of its members stay. */
export const canonJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, one: unknown) => (typeof one === 'string' ? canon(one) : one))

/**
 * How many code points of the text draw something, spaces between them included: an emoji counts 1, a letter with its
 * marks 1, a mark alone 0.
 */
export const visibleLength = (text: string): number => [...canon(text).replace(NOT_DRAWN, '').trim()].length
