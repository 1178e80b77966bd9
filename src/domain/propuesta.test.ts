import { expect, test } from 'vitest'
import { refuseBody, refuseHelps, refuseName } from './propuesta'

test.each([
  ['no letters', '', 'body_too_short'],
  ['spaces only', ' '.repeat(40), 'body_too_short'],
  ['zero-width only', '\u200b'.repeat(40), 'body_too_short'],
  ['19 letters', 'a'.repeat(19), 'body_too_short'],
  ['20 letters', 'a'.repeat(20), null],
  ['2,000 emoji', '🙂'.repeat(2000), null],
  ['2,001 letters', 'a'.repeat(2001), 'body_too_long'],
  ['2,000 letters between spaces', `  ${'a'.repeat(2000)}  `, null],
  ['20 letters and NUL', `${'a'.repeat(20)}\u0000`, null],
  ['19 letters and NUL', `${'a'.repeat(19)}\u0000`, 'body_too_short'],
  ['blanks of Braille only', '\u2800'.repeat(20), 'body_too_short'],
  ['fillers of Hangul only', '\u3164'.repeat(20), 'body_too_short'],
  ['variation selectors only', '\ufe0f'.repeat(20), 'body_too_short'],
  ['accents only', '\u0301'.repeat(20), 'body_too_short'],
  ['2,000 letters whose accents stand apart', 'o\u0301'.repeat(2000), null],
  ['HTML', '<script>alert(1)</script>', null],
  ['right-to-left letters', 'שלום '.repeat(6), null],
])('the refusal of a body of %s', (_, body, refusal) => expect(refuseBody(body)).toBe(refusal))

test.each([
  ['no letters', '', 'name_required'],
  ['a zero-width space', '\u200b', 'name_required'],
  ['80 letters', 'a'.repeat(80), null],
  ['81 letters', 'a'.repeat(81), 'name_too_long'],
  ['two lines, which become one', 'Ana\nLuz', null],
  ['a filler of Hangul', '\u3164', 'name_required'],
  ['80 letters between spaces and breaks', ` \v${'a'.repeat(80)}\n`, null],
])('the refusal of a name of %s', (_, name, refusal) => expect(refuseName(name)).toBe(refusal))

test.each([
  ['an action without an answer', null, 'action', 'helps_required'],
  ['an action with an answer', 'partly', 'action', null],
  ['a paragraph with an answer', 'yes', 'paragraph', 'helps_unexpected'],
  ['«lo que falta» with an answer', 'no', null, 'helps_unexpected'],
  ['«lo que falta» without an answer', null, null, null],
] as const)('the refusal of %s', (_, helps, partKind, refusal) =>
  expect(refuseHelps(helps, partKind)).toBe(refusal),
)
